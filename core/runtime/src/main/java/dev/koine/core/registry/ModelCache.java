package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.ModelListing;
import dev.koine.api.Price;
import dev.koine.core.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What endpoints said about their models when they were last asked, one file for each provider. Only an explicit refresh
 * writes here; reading never asks anybody.
 */
public final class ModelCache {
    private final Path folder;

    /** Create a cache in {@code folder}, which need not exist. */
    public ModelCache(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * What an endpoint listed.
     *
     * @param asOf the day on which it was asked, where the file says so
     * @param models its models, in its order
     */
    public record Kept(Optional<LocalDate> asOf, List<ModelListing> models) {
        static final Kept NOTHING = new Kept(Optional.empty(), List.of());

        public Kept {
            requireNonNull(asOf, "asOf is null");
            models = List.copyOf(models);
        }
    }

    /** Return what the provider's endpoint listed; an empty list when it was never asked or the file is unreadable. */
    public List<ModelListing> read(String provider) {
        return kept(provider).models();
    }

    /** Return what the provider's endpoint listed, and when; nothing when it was never asked or the file is unreadable. */
    public Kept kept(String provider) {
        var file = file(provider);
        if (!Files.isRegularFile(file)) {
            return Kept.NOTHING;
        }
        try {
            return JsonReader.read(Files.readString(file)).map(document -> new Kept(
                    document instanceof Json.Obj object ? object.text("as_of").flatMap(ModelCache::day)
                            : Optional.empty(),
                    listings(document))).orElse(Kept.NOTHING);
        } catch (IOException e) {
            return Kept.NOTHING;
        }
    }

    /**
     * Keep what the provider's endpoint lists now, in place of what it listed before.
     *
     * @throws UncheckedIOException if it cannot be written; what was there stays
     */
    public void write(String provider, List<ModelListing> listings) {
        var models = listings.stream().<Json>map(ModelCache::json).toList();
        var document = Json.object().put("schema", "koine/model-cache.v1")
                .put("as_of", LocalDate.now(ZoneOffset.UTC).toString()).put("models", new Json.Arr(models)).build();
        replace(file(provider), document);
    }

    /**
     * Write a file of a cache as a whole.
     *
     * @throws UncheckedIOException if it cannot be written; what was there stays
     */
    static void replace(Path file, Json.Obj document) {
        Path folder = file.resolveSibling("");
        try {
            Files.createDirectories(folder);
            var draft = Files.createTempFile(folder, ".models", ".tmp");
            try {
                Files.write(draft, Json.utf8(document));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the files that cannot be understood. */
    public List<Path> damaged() {
        return damaged(folder, document -> document.get("models").orElse(Json.NULL) instanceof Json.Arr);
    }

    static List<Path> damaged(Path folder, Predicate<Json.Obj> isSound) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).filter(file -> {
                try {
                    return !(JsonReader.read(Files.readString(file)).orElse(Json.NULL) instanceof Json.Obj document
                            && isSound.test(document));
                } catch (IOException e) {
                    return true;
                }
            }).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String provider) {
        return folder.resolve(provider + ".json");
    }

    private static List<ModelListing> listings(Json document) {
        var found = new ArrayList<ModelListing>();
        if (document instanceof Json.Obj object) {
            for (Json entry : object.list("models")) {
                if (entry instanceof Json.Obj model && model.text("id").isPresent()) {
                    found.add(listing(model.text("id").get(), model));
                }
            }
        }
        return found;
    }

    private static ModelListing listing(String id, Json.Obj model) {
        var price = model.object("price").map(object -> new Price(decimal(object, "input"), decimal(object, "output"),
                decimal(object, "cached_input"), object.text("currency").orElse("USD")));
        return new ModelListing(id, model.text("name"), number(model, "context_window"), number(model, "max_output"),
                words(model, "capabilities"), words(model, "input"), price,
                model.object("lifecycle").flatMap(ModelCache::lifecycle), Json.EMPTY);
    }

    static List<String> words(Json.Obj model, String name) {
        return model.list(name).stream().flatMap(word -> word instanceof Json.Str(var text)
                ? Optional.of(text).stream()
                : Optional.<String>empty().stream()).toList();
    }

    private static Optional<Lifecycle> lifecycle(Json.Obj life) {
        return life.text("status").map(status -> new Lifecycle(status, life.text("on").flatMap(ModelCache::day),
                life.text("replacement"), life.text("source")));
    }

    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Json json(ModelListing listing) {
        var object = Json.object().put("id", listing.id());
        listing.name().ifPresent(name -> object.put("name", name));
        listing.contextWindow().ifPresent(tokens -> object.put("context_window", tokens));
        listing.maxOutput().ifPresent(tokens -> object.put("max_output", tokens));
        if (!listing.capabilities().isEmpty()) {
            object.put("capabilities", Json.strings(listing.capabilities()));
        }
        if (!listing.input().isEmpty()) {
            object.put("input", Json.strings(listing.input()));
        }
        listing.price().ifPresent(price -> {
            var prices = Json.object().put("currency", price.currency());
            price.input().ifPresent(amount -> prices.put("input", amount.toPlainString()));
            price.output().ifPresent(amount -> prices.put("output", amount.toPlainString()));
            price.cachedInput().ifPresent(amount -> prices.put("cached_input", amount.toPlainString()));
            object.put("price", prices.build());
        });
        listing.lifecycle().ifPresent(life -> {
            var stated = Json.object().put("status", life.status());
            life.on().ifPresent(day -> stated.put("on", day.toString()));
            life.replacement().ifPresent(model -> stated.put("replacement", model));
            life.source().ifPresent(source -> stated.put("source", source));
            object.put("lifecycle", stated.build());
        });
        return object.build();
    }

    private static OptionalLong number(Json.Obj object, String name) {
        return object.get(name).orElse(Json.NULL) instanceof Json.Num number ? number.asLong() : OptionalLong.empty();
    }

    private static Optional<BigDecimal> decimal(Json.Obj object, String name) {
        try {
            return object.text(name).map(BigDecimal::new);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
