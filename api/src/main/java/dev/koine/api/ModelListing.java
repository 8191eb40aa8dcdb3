package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an endpoint says about one of its models.
 *
 * @param id the id to ask for
 * @param name a display name
 * @param contextWindow the most tokens of request and answer together
 * @param maxOutput the most tokens of an answer
 * @param capabilities what it can do, as kebab-case words ({@code tools}, {@code vision}, {@code json} …); a word that
 *     begins with {@code no-} states a lack
 * @param price what it costs, where the endpoint says so
 * @param raw the whole entry
 */
public record ModelListing(String id, Optional<String> name, OptionalLong contextWindow, OptionalLong maxOutput,
        List<String> capabilities, Optional<Price> price, Json.Obj raw) {
    public ModelListing {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(contextWindow, "contextWindow is null");
        requireNonNull(maxOutput, "maxOutput is null");
        capabilities = List.copyOf(capabilities);
        requireNonNull(price, "price is null");
        requireNonNull(raw, "raw is null");
    }

    /** Return a listing of which only the id is known. */
    public static ModelListing of(String id) {
        return new ModelListing(id, Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(),
                Optional.empty(), Json.EMPTY);
    }
}
