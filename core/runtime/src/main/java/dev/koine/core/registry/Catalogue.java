package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.dialect.PresetText;
import dev.koine.core.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Catalogues: the user's, files of facts about models ({@code *.toml}) in a folder of the configuration, and behind them
 * those that came with the program. They fill in what neither the user nor the endpoint says, and add no model to any list.
 * Offline; read when first needed.
 *
 * <p>A file that cannot be understood counts for nothing and is a {@link #problems() problem}. Safe for use by several
 * threads.
 */
public final class Catalogue {
    private static final Set<String> ROOT = Set.of("schema-version", "source", "as-of", "models", "providers");
    private static final Map<String, Kind> MODEL = Map.of("name", new Kind("a text", Json.Str.class::isInstance),
            "context-window", new Kind("a whole number of tokens", Catalogue::isCount),
            "max-output", new Kind("a whole number of tokens", Catalogue::isCount),
            "capabilities", new Kind("a list of texts", Catalogue::isTexts),
            "input", new Kind("a list of texts", Catalogue::isTexts),
            "price", new Kind("a table", Json.Obj.class::isInstance),
            "lifecycle", new Kind("a table", Json.Obj.class::isInstance),
            "source", new Kind("a text", Json.Str.class::isInstance),
            "as-of", new Kind("a day (YYYY-MM-DD)", Catalogue::isDay));

    private final Path folder;
    private final Supplier<List<Sheet>> sheets;
    private final Supplier<List<BuiltIn>> own;

    /** What a key of a model holds. */
    private record Kind(String words, Predicate<Json> fits) {}

    /**
     * What one catalogue says about one model.
     *
     * @param facts the facts, in the form of a model's settings
     * @param from where the catalogue has them from
     * @param asOf the day on which they were gathered
     */
    public record Entry(ModelSettings facts, String from, LocalDate asOf) {
        public Entry {
            requireNonNull(facts, "facts is null");
            requireNonNull(from, "from is null");
            requireNonNull(asOf, "asOf is null");
        }
    }

    /**
     * One catalogue.
     *
     * @param name the name of its file, without its ending
     * @param from where it has its facts from
     * @param asOf the day on which they were gathered
     * @param models what it says of models, whoever serves them, by their ids
     * @param providers what it says of the models of a provider or preset, by its id
     */
    public record Sheet(String name, String from, LocalDate asOf, Map<String, ModelSettings> models,
            Map<String, Map<String, ModelSettings>> providers) {
        public Sheet {
            requireNonNull(name, "name is null");
            requireNonNull(from, "from is null");
            requireNonNull(asOf, "asOf is null");
            models = Map.copyOf(models);
            providers = Map.copyOf(providers);
        }

        /** Return how many models it says something of. */
        public int size() {
            return models.size() + providers.values().stream().mapToInt(Map::size).sum();
        }

        private Stream<Entry> find(Optional<String> provider, String model) {
            var table = provider.isPresent() ? providers.getOrDefault(provider.get(), Map.of()) : models;
            return Optional.ofNullable(table.get(model)).map(facts -> new Entry(facts,
                    facts.table().text("source").orElse(from),
                    facts.table().text("as-of").map(LocalDate::parse).orElse(asOf))).stream();
        }
    }

    /** A catalogue that came with the program; most questions are about a model that it does not name. */
    private record BuiltIn(PresetText text, Supplier<Optional<Sheet>> sheet) {
        static BuiltIn of(PresetText text) {
            return new BuiltIn(text, Once.of(() -> {
                try {
                    return Optional.of(builtIn(text));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }));
        }

        boolean mayName(String model) {
            return text.text().contains("\"" + model + "\"");
        }
    }

    /** Create the catalogue of the files in {@code folder}, which need not exist. */
    public Catalogue(Path folder) {
        this(folder, List::of);
    }

    /**
     * Create the catalogue of the files in {@code folder}, which need not exist, and of those that came with the program.
     *
     * @param own gives the latter, as JSON, when they are first needed
     */
    public Catalogue(Path folder, Supplier<List<PresetText>> own) {
        this.folder = requireNonNull(folder, "folder is null");
        requireNonNull(own, "own is null");
        this.own = Once.of(() -> own.get().stream().map(BuiltIn::of).toList());
        this.sheets = Once.of(() -> files().stream().flatMap(file -> {
            try {
                return Stream.of(read(file));
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        }).toList());
    }

    /** Return the folder of the files. */
    public Path folder() {
        return folder;
    }

    /** Return the catalogues that came with the program, each called by the module that it is in. */
    public List<Sheet> builtIn() {
        return own.get().stream().flatMap(known -> known.sheet().get().stream()).toList();
    }

    /** Return the user's catalogues that can be read, in the order of their names. */
    public List<Sheet> sheets() {
        return sheets.get();
    }

    /** Return what is wrong with files, one line each. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        for (Path file : files()) {
            try {
                read(file);
            } catch (IllegalArgumentException e) {
                problems.add(file + ": " + e.getMessage());
            }
        }
        for (BuiltIn known : own.get()) {
            try {
                builtIn(known.text());
            } catch (IllegalArgumentException e) {
                problems.add(known.text().file() + ": " + e.getMessage());
            }
        }
        return problems;
    }

    /**
     * Return what catalogues say of a model, the user's before the program's: of this provider's, of its preset's, then of
     * anybody's.
     */
    List<Entry> find(String provider, Optional<String> preset, String model) {
        var known = own.get().stream().filter(sheet -> sheet.mayName(model))
                .flatMap(sheet -> sheet.sheet().get().stream()).toList();
        return Stream.of(sheets.get(), known).flatMap(all -> find(all, provider, preset, model)).toList();
    }

    private static Stream<Entry> find(List<Sheet> all, String provider, Optional<String> preset, String model) {
        return Stream.of(Optional.of(provider), preset.filter(id -> !id.equals(provider)), Optional.<String>empty())
                .distinct().flatMap(id -> all.stream().flatMap(sheet -> sheet.find(id, model)));
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".toml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Read a catalogue.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message says what is wrong with it
     */
    public static Sheet read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read as text in UTF-8", e);
        }
        var document = ConfigDocument.parse(file, text);
        if (!document.problems().isEmpty()) {
            var first = document.problems().getFirst();
            throw new IllegalArgumentException("line " + first.line() + ": " + first.message());
        }
        return sheet(String.valueOf(file.getFileName()).replaceFirst("\\.toml$", ""), document.toJson());
    }

    private static Sheet builtIn(PresetText text) {
        if (JsonReader.read(text.text()).orElse(Json.NULL) instanceof Json.Obj root) {
            return sheet(text.owner(), root);
        }
        throw new IllegalArgumentException("it is no JSON object");
    }

    private static Sheet sheet(String name, Json.Obj root) {
        unknown(root, ROOT).ifPresent(key -> {
            throw new IllegalArgumentException("it has an unknown key '" + key + "'");
        });
        String from = root.text("source").filter(said -> !said.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("it has no 'source': where its facts come from"));
        LocalDate asOf = root.text("as-of").map(Catalogue::day)
                .orElseThrow(() -> new IllegalArgumentException("it has no 'as-of': the day of its facts"));
        var providers = new LinkedHashMap<String, Map<String, ModelSettings>>();
        root.object("providers").orElse(Json.EMPTY).members().forEach((id, value) -> {
            if (!(value instanceof Json.Obj table) || unknown(table, Set.of("models")).isPresent()) {
                throw new IllegalArgumentException("providers." + id + " holds something else than 'models'");
            }
            providers.put(id, models("providers." + id + ".models", table.object("models").orElse(Json.EMPTY)));
        });
        return new Sheet(name, from, asOf, models("models", root.object("models").orElse(Json.EMPTY)), providers);
    }

    private static Map<String, ModelSettings> models(String where, Json.Obj tables) {
        var models = new LinkedHashMap<String, ModelSettings>();
        tables.members().forEach((id, value) -> {
            String at = where + ".\"" + id + "\"";
            if (!(value instanceof Json.Obj table)) {
                throw new IllegalArgumentException(at + " is no table");
            }
            table.members().forEach((key, fact) -> {
                var kind = MODEL.get(key);
                if (kind == null) {
                    throw new IllegalArgumentException(at + " has an unknown key '" + key + "'");
                }
                if (!kind.fits().test(fact)) {
                    throw new IllegalArgumentException(at + "." + key + " is not " + kind.words());
                }
            });
            models.put(id, new ModelSettings(id, table));
        });
        return models;
    }

    private static Optional<String> unknown(Json.Obj table, Set<String> known) {
        return table.members().keySet().stream().filter(key -> !known.contains(key)).findFirst();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'as-of' is no day (YYYY-MM-DD): " + text, e);
        }
    }

    private static boolean isDay(Json value) {
        try {
            return value instanceof Json.Str(var text) && LocalDate.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isCount(Json value) {
        return value instanceof Json.Num number && number.asLong().orElse(0) > 0;
    }

    private static boolean isTexts(Json value) {
        return value instanceof Json.Arr(var items) && items.stream().allMatch(Json.Str.class::isInstance);
    }
}
