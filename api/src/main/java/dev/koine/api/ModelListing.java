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
 * @param input the kinds of input that it takes, all of them ({@code text}, {@code image}, {@code audio}, {@code file} …);
 *     empty where the endpoint says nothing of it
 * @param price what it costs, where the endpoint says so
 * @param lifecycle when it is deprecated or retired, where the endpoint says so
 * @param raw the whole entry
 */
public record ModelListing(String id, Optional<String> name, OptionalLong contextWindow, OptionalLong maxOutput,
        List<String> capabilities, List<String> input, Optional<Price> price, Optional<Lifecycle> lifecycle,
        Json.Obj raw) {
    public ModelListing {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(contextWindow, "contextWindow is null");
        requireNonNull(maxOutput, "maxOutput is null");
        capabilities = List.copyOf(capabilities);
        input = List.copyOf(input);
        requireNonNull(price, "price is null");
        requireNonNull(lifecycle, "lifecycle is null");
        requireNonNull(raw, "raw is null");
    }

    /** Create a listing that says nothing of the model's input and life. */
    public ModelListing(String id, Optional<String> name, OptionalLong contextWindow, OptionalLong maxOutput,
            List<String> capabilities, Optional<Price> price, Json.Obj raw) {
        this(id, name, contextWindow, maxOutput, capabilities, List.of(), price, Optional.empty(), raw);
    }

    /** Create a listing that says nothing of the model's input. */
    public ModelListing(String id, Optional<String> name, OptionalLong contextWindow, OptionalLong maxOutput,
            List<String> capabilities, Optional<Price> price, Optional<Lifecycle> lifecycle, Json.Obj raw) {
        this(id, name, contextWindow, maxOutput, capabilities, List.of(), price, lifecycle, raw);
    }

    /** Return a listing of which only the id is known. */
    public static ModelListing of(String id) {
        return builder(id).build();
    }

    /** Return a builder of a listing of which only the id is known. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Return a builder that starts with what this listing has. */
    public Builder toBuilder() {
        var builder = new Builder(id);
        builder.name = name;
        builder.contextWindow = contextWindow;
        builder.maxOutput = maxOutput;
        builder.capabilities = capabilities;
        builder.input = input;
        builder.price = price;
        builder.lifecycle = lifecycle;
        builder.raw = raw;
        return builder;
    }

    /** Collects a listing. Not safe for use by several threads. */
    public static final class Builder {
        private final String id;
        private Optional<String> name = Optional.empty();
        private OptionalLong contextWindow = OptionalLong.empty();
        private OptionalLong maxOutput = OptionalLong.empty();
        private List<String> capabilities = List.of();
        private List<String> input = List.of();
        private Optional<Price> price = Optional.empty();
        private Optional<Lifecycle> lifecycle = Optional.empty();
        private Json.Obj raw = Json.EMPTY;

        private Builder(String id) {
            this.id = requireNonNull(id, "id is null");
        }

        /** Set the display name. */
        public Builder name(String value) {
            name = Optional.of(value);
            return this;
        }

        /** Set the most tokens of request and answer together. */
        public Builder contextWindow(long value) {
            contextWindow = OptionalLong.of(value);
            return this;
        }

        /** Set the most tokens of an answer. */
        public Builder maxOutput(long value) {
            maxOutput = OptionalLong.of(value);
            return this;
        }

        /** Set what it can do. */
        public Builder capabilities(List<String> value) {
            capabilities = List.copyOf(value);
            return this;
        }

        /** Set the kinds of input that it takes, all of them. */
        public Builder input(List<String> value) {
            input = List.copyOf(value);
            return this;
        }

        /** Set what it costs. */
        public Builder price(Price value) {
            price = Optional.of(value);
            return this;
        }

        /** Set when it is deprecated or retired. */
        public Builder lifecycle(Lifecycle value) {
            lifecycle = Optional.of(value);
            return this;
        }

        /** Set the whole entry. */
        public Builder raw(Json.Obj value) {
            raw = requireNonNull(value, "raw is null");
            return this;
        }

        /** Return the listing. */
        public ModelListing build() {
            return new ModelListing(id, name, contextWindow, maxOutput, capabilities, input, price, lifecycle, raw);
        }
    }
}
