package dev.koine.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument.Position;
import dev.koine.core.config.ConfigProblem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The configuration of a user: layers of files and variables that are read as one, and the one file that is written.
 *
 * <p>Later layers win, per key; tables merge, arrays replace: the machine's files, the user's file and its {@code conf.d},
 * the project's {@code .koine/config.toml} (of which only what cannot redirect a request or a key is used, until the user
 * trusts it), variables such as {@code KOINE__PROVIDERS__GROQ__BASE_URL}. Safe for use by several threads and processes.
 */
public final class ConfigStore {
    private static final String SCHEMA = "koine-config.schema.json";

    private final KoinePaths paths;
    private final Map<String, String> env;
    private final Path directory;
    private volatile List<String> notices = List.of();

    /** Create a store that looks for a project's file from the working directory upwards. */
    public ConfigStore(KoinePaths paths, Map<String, String> env) {
        this(paths, env, Path.of(""));
    }

    /** Create a store that looks for a project's file from {@code directory} upwards. */
    public ConfigStore(KoinePaths paths, Map<String, String> env, Path directory) {
        this.paths = requireNonNull(paths, "paths is null");
        this.env = Map.copyOf(env);
        this.directory = directory.toAbsolutePath();
    }

    /** Return where the files are. */
    public KoinePaths paths() {
        return paths;
    }

    /**
     * Read the configuration in effect. No file at all is an empty configuration.
     *
     * @throws InvalidConfigException with every problem of every layer, if there is one
     */
    public Config load() {
        var layers = Layers.read(paths, env, directory);
        notices = noticesOf(layers);
        refuse(errors(layers.problems()));
        return config(layers.merged(), layers.hasUserFile());
    }

    /** Return what the last {@link #load()} ignored, one line each. */
    public List<String> notices() {
        return notices;
    }

    /**
     * Change the user's file, and nothing in it but what {@code edit} changes; make it where it is missing. Held under a
     * lock, so that no other process's change is lost.
     *
     * @param edit gets the document as it stands; may be called once only
     * @return what changed
     * @throws InvalidConfigException if the file is no TOML, cannot be written, or would have problems that it had not
     * @throws ConfigEditException if the edit cannot be made
     */
    public Change edit(UnaryOperator<ConfigDocument> edit) {
        var before = new StringBuilder();
        String after = SafeFile.of(paths, paths.configFile()).withBackups().edit(text -> {
            before.append(text);
            return edited(text, edit);
        });
        return change(before.toString(), after);
    }

    /**
     * Return what {@link #edit} would change, with the same checks; nothing is written.
     *
     * @throws InvalidConfigException as {@link #edit} does, but for what only writing shows
     * @throws ConfigEditException if the edit cannot be made
     */
    public Change preview(UnaryOperator<ConfigDocument> edit) {
        String before = SafeFile.of(paths, paths.configFile()).read().orElse("");
        return change(before, edited(before, edit));
    }

    private String edited(String text, UnaryOperator<ConfigDocument> edit) {
        var old = ConfigDocument.parse(paths.configFile(), text.isBlank() ? text + "schema-version = 1\n" : text);
        refuse(old.problems());
        var known = Layers.read(paths, env, directory, Optional.of(old)).problems();
        refuse(errors(known).stream().filter(problem -> problem.key().equals("schema-version")).toList());
        var changed = edit.apply(old);
        if (changed.text().equals(old.text())) {
            return text;
        }
        var problems = Layers.read(paths, env, directory, Optional.of(changed)).problems();
        refuse(errors(problems).stream().filter(problem -> known.stream().noneMatch(problem::isSameAs)).toList());
        return changed.text();
    }

    private Change change(String before, String after) {
        var lines = Lines.between(before, after);
        return new Change(paths.configFile(), lines.removed().stream().map(Mask::line).toList(),
                lines.added().stream().map(Mask::line).toList());
    }

    /**
     * Return where values come from: of one key and everything below it, or of all keys that are set. Secrets that stand
     * where they should not are cut.
     *
     * @throws IllegalArgumentException if {@code key} is no key
     */
    public List<Explanation> explain(Optional<String> key) {
        return explain(key, preset -> Optional.empty());
    }

    /**
     * Return where values come from, presets included.
     *
     * @param presets gives the provider table of a preset by its id
     * @throws IllegalArgumentException if {@code key} is no key
     */
    public List<Explanation> explain(Optional<String> key, Function<String, Optional<Json.Obj>> presets) {
        var read = Layers.read(paths, env, directory);
        var layers = new ArrayList<>(List.of(presetLayer(read.merged(), presets)));
        layers.addAll(read.layers());
        var wanted = key.map(ConfigKeys::split).orElse(List.of());
        var keys = new LinkedHashSet<List<String>>();
        layers.reversed().forEach(layer -> leaves(List.of(), layer.table(), keys));
        ConfigKeys.find(wanted).filter(setting -> setting.builtIn().isPresent()).ifPresent(setting -> keys.add(wanted));
        return keys.stream()
                .filter(leaf -> leaf.size() >= wanted.size() && leaf.subList(0, wanted.size()).equals(wanted))
                .map(leaf -> explain(leaf, layers)).toList();
    }

    private static Layer presetLayer(Json.Obj merged, Function<String, Optional<Json.Obj>> presets) {
        var providers = Json.object();
        Tables.table(merged, "providers").members().forEach((id, value) -> {
            if (value instanceof Json.Obj table) {
                table.text("preset").flatMap(presets).ifPresent(preset -> providers.put(id, preset));
            }
        });
        var table = providers.build();
        return new Layer(Layer.PRESET, Path.of(""), table.isEmpty() ? Json.EMPTY
                : Json.object().put("providers", table).build(), Optional.empty());
    }

    private static Explanation explain(List<String> key, List<Layer> layers) {
        var sources = new ArrayList<Explanation.Source>();
        for (Layer layer : layers.reversed()) {
            Layer.at(layer.table(), key).ifPresent(value -> sources.add(new Explanation.Source(layer.name(),
                    layer.name().equals(Layer.PRESET) ? Optional.empty() : Optional.of(layer.file()),
                    layer.positionOf(key).map(Position::key).map(ConfigDocument.Spot::line).orElse(0),
                    ConfigKeys.shown(key, value))));
        }
        ConfigKeys.find(key).flatMap(Setting::builtIn).ifPresent(value -> sources.add(
                new Explanation.Source(Layer.BUILT_IN, Optional.empty(), 0, ConfigKeys.parse(key, value))));
        return new Explanation(Keys.join(key), sources);
    }

    private static void leaves(List<String> at, Json.Obj table, Set<List<String>> out) {
        table.members().forEach((name, value) -> {
            var key = TomlJson.append(at, name);
            if (value instanceof Json.Obj inner && !inner.isEmpty()) {
                leaves(key, inner, out);
            } else {
                out.add(key);
            }
        });
    }

    /**
     * Return the merged table of every layer, as {@link #load()} reads it, whether it is valid or not; what stands where a
     * reference to a key belongs, and is none, is cut.
     */
    public Json.Obj merged() {
        var merged = Layers.read(paths, env, directory).merged();
        return ConfigKeys.shown(List.of(), merged) instanceof Json.Obj shown ? shown : merged;
    }

    /** Return the configuration file of the project around the working directory, or empty where there is none. */
    public Optional<ProjectFile> project() {
        return Layers.read(paths, env, directory).project();
    }

    /**
     * Trust a project's file: everything that this text of it says counts from now on.
     *
     * @throws InvalidConfigException if that cannot be recorded
     */
    public void trust(ProjectFile project) {
        new ProjectTrust(paths).trust(project.file(), project.sha256());
    }

    /**
     * Trust a project's file no more.
     *
     * @throws InvalidConfigException if that cannot be recorded
     */
    public void distrust(ProjectFile project) {
        new ProjectTrust(paths).distrust(project.file());
    }

    /** Return the problems of every layer, and its notices, whether the configuration can be used or not. */
    public List<ConfigProblem> validate() {
        return List.copyOf(Layers.read(paths, env, directory).problems());
    }

    /** Return the problems of every layer, those included that only the dialects can see. */
    public List<ConfigProblem> validate(ConfigChecks checks) {
        return checked(Layers.read(paths, env, directory), checks);
    }

    /** Return the problems of one file, by itself. */
    public List<ConfigProblem> validate(Path file) {
        try {
            return List.copyOf(only(file).problems());
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    /** Return the problems of one file, by itself, those included that only the dialects can see. */
    public List<ConfigProblem> validate(Path file, ConfigChecks checks) {
        try {
            return checked(only(file), checks);
        } catch (InvalidConfigException e) {
            return e.problems();
        }
    }

    private Layers only(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String text = SafeFile.of(paths, whole).read().orElseThrow(() -> new InvalidConfigException(
                List.of(Problems.ofFile(whole, "there is no such file",
                        "koine config path          shows where files are"))));
        return Layers.only(paths, ConfigDocument.parse(whole, text));
    }

    private static List<ConfigProblem> checked(Layers layers, ConfigChecks checks) {
        var problems = new ArrayList<>(layers.problems());
        problems.addAll(ReservedSettings.notices(layers.layers()));
        if (errors(problems).isEmpty() && !layers.layers().isEmpty()) {
            problems.addAll(DialectValidation.of(layers.layers(), layers.merged(), checks));
        }
        return List.copyOf(problems);
    }

    /** Return the JSON Schema (draft 7) of the configuration file, for editors. */
    public static String schema() {
        try (var in = requireNonNull(ConfigStore.class.getResourceAsStream(SCHEMA), "no " + SCHEMA)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Config config(Json.Obj table, boolean exists) {
        var providers = new LinkedHashMap<String, ProviderSettings>();
        Tables.table(table, "providers").members().forEach((id, value) -> {
            if (value instanceof Json.Obj settings) {
                providers.put(id, ProviderSettings.of(id, settings));
            }
        });
        var plugins = Tables.table(table, "plugins");
        var folders = Tables.texts(plugins, "path").stream().map(paths::besideConfig).toList();
        var policy = switch (plugins.text("policy").orElse("require")) {
            case "off" -> PluginSettings.Policy.OFF;
            case "warn" -> PluginSettings.Policy.WARN;
            default -> PluginSettings.Policy.REQUIRE;
        };
        return new Config(table.text("default-model"), new Defaults(Tables.table(table, "defaults")),
                Tables.textsByName(table, "aliases"), providers, new PluginSettings(folders, policy),
                KeySettings.of(Tables.table(table, "keys")),
                new Precautions(Tables.truth(table, "confirm-heavy").orElse(false),
                        Tables.truth(table, "refuse-too-long").orElse(false)),
                exists);
    }

    private List<String> noticesOf(Layers layers) {
        var lines = new ArrayList<>(layers.notices());
        layers.problems().stream().filter(problem -> problem.severity() == Severity.NOTICE)
                .forEach(problem -> lines.add(problem.render(false, paths.home())));
        return List.copyOf(lines);
    }

    private static List<ConfigProblem> errors(List<ConfigProblem> problems) {
        return problems.stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
    }

    private static void refuse(List<ConfigProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }
}
