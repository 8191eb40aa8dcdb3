package dev.koine.core.config;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds and reads the layers of configuration, the weakest first. */
final class Layers {
    private static final String VARIABLE = "KOINE__";

    private final KoinePaths paths;
    private final Map<String, String> env;
    private final Path directory;
    private final List<Layer> layers = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private Optional<ProjectFile> project = Optional.empty();

    private Layers(KoinePaths paths, Map<String, String> env, Path directory) {
        this.paths = paths;
        this.env = env;
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Read every layer. What is wrong with one is in {@link #problems()}. */
    static Layers read(KoinePaths paths, Map<String, String> env, Path directory) {
        return read(paths, env, directory, Optional.empty());
    }

    /** Read every layer, with {@code user} in the place of the user's file. */
    static Layers read(KoinePaths paths, Map<String, String> env, Path directory, Optional<ConfigDocument> user) {
        var read = new Layers(paths, env, directory);
        paths.system().forEach(file -> read.file(Layer.SYSTEM, file));
        if (user.isPresent()) {
            read.add(Layer.of(Layer.USER, user.get()));
        } else {
            read.file(Layer.USER, paths.configFile());
        }
        read.parts();
        read.projectFile().ifPresent(read::project);
        read.environment();
        read.complete();
        return read;
    }

    /** Return one document as the only layer. */
    static Layers only(KoinePaths paths, ConfigDocument document) {
        var read = new Layers(paths, Map.of(), Path.of(""));
        read.add(Layer.of(Layer.USER, document));
        read.complete();
        return read;
    }

    List<Layer> layers() {
        return layers;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    Optional<ProjectFile> project() {
        return project;
    }

    List<String> notices() {
        return notices;
    }

    Json.Obj merged() {
        var merged = Json.EMPTY;
        for (Layer layer : layers) {
            merged = merged.mergedWith(layer.table());
        }
        return merged;
    }

    boolean hasUserFile() {
        return layers.stream()
                .anyMatch(layer -> layer.name().equals(Layer.USER) && layer.file().equals(paths.configFile()));
    }

    private void add(Layer layer) {
        problems.addAll(Validation.of(layer));
        layers.add(layer);
    }

    private Optional<ConfigDocument> document(Path file) {
        try {
            return SafeFile.of(paths, file).read().map(text -> ConfigDocument.parse(file, text));
        } catch (InvalidConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private void file(String name, Path file) {
        document(file).ifPresent(document -> add(Layer.of(name, document)));
    }

    /** The files of {@code conf.d} belong to the usual configuration file, not to one that was named instead. */
    private void parts() {
        Path parts = paths.configDirectory();
        if (!paths.configFile().equals(paths.config().resolve("config.toml")) || !Files.isDirectory(parts)) {
            return;
        }
        try (var files = Files.newDirectoryStream(parts, "[!.]*.toml")) {
            var sorted = new ArrayList<Path>();
            files.forEach(sorted::add);
            sorted.sort(Comparator.comparing(Path::toString));
            sorted.forEach(file -> file(Layer.USER, file));
        } catch (IOException e) {
            problems.add(Problems.ofFile(parts, "this directory cannot be read", "chmod u+rwx " + paths.quote(parts)));
        }
    }

    /**
     * Return the project's file: the nearest between the working directory and the repository's root, or the home
     * directory. Outside of both only the working directory itself is looked at, for anyone may write into {@code /tmp}.
     */
    private Optional<Path> projectFile() {
        Path end = directory;
        for (Path here = directory; here != null; here = here.getParent()) {
            if (here.equals(paths.home()) || Files.exists(here.resolve(".git"))) {
                end = here;
                break;
            }
        }
        for (Path here = directory; here != null && here.startsWith(end); here = here.getParent()) {
            Path file = here.resolve(".koine").resolve("config.toml");
            boolean usersOwn = here.equals(paths.home()) || file.equals(paths.configFile());
            if (!usersOwn && Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private void project(Path file) {
        document(file).ifPresent(document -> {
            var whole = Layer.of(Layer.PROJECT, document);
            problems.addAll(Validation.of(whole));
            var known = Tables.table(merged(), "providers");
            var held = new ArrayList<ProjectFile.Held>();
            var allowed = harmless(whole, known, List.of(), whole.table(), held);
            String sha256 = ProjectTrust.digest(document.text());
            var before = new ProjectTrust(paths).trusted(file);
            boolean trusted = before.filter(sha256::equals).isPresent();
            project = Optional.of(new ProjectFile(file, sha256, trusted, before.isPresent() && !trusted, held));
            layers.add(trusted ? whole : new Layer(Layer.PROJECT, file, allowed, Optional.of(document)));
            if (!trusted) {
                held.forEach(setting -> ignored(file, setting, before.isPresent()));
            }
        });
    }

    private static Json.Obj harmless(Layer layer, Json.Obj known, List<String> at, Json.Obj table,
            List<ProjectFile.Held> held) {
        var out = Json.object();
        table.members().forEach((name, value) -> {
            var key = TomlJson.append(at, name);
            boolean newProvider = key.size() == 2 && key.getFirst().equals("providers") && known.get(name).isEmpty();
            var setting = ConfigKeys.find(key);
            if (newProvider || setting.filter(found -> !found.inProject()).isPresent()) {
                int line = layer.positionOf(key).map(Position::key).map(ConfigDocument.Spot::line).orElse(0);
                held.add(new ProjectFile.Held(Keys.join(key), line, ConfigKeys.shown(key, value), newProvider));
            } else if (setting.isEmpty() && value instanceof Json.Obj inner) {
                var below = harmless(layer, known, key, inner, held);
                if (!below.isEmpty()) {
                    out.put(name, below);
                }
            } else {
                out.put(name, value);
            }
        });
        return out.build();
    }

    private void ignored(Path file, ProjectFile.Held setting, boolean changed) {
        notices.add(paths.show(file) + (setting.line() > 0 ? ":" + setting.line() : "") + ": " + setting.key()
                + " is ignored: a project "
                + (setting.newProvider() ? "may not add providers" : "may not decide where requests and keys go")
                + (changed ? "; the file changed since you trusted it" : "") + " (koine config trust)");
    }

    private void environment() {
        new TreeMap<>(env).forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE) && !value.isBlank()) {
                var key = List.of(variable.substring(VARIABLE.length()).toLowerCase(Locale.ROOT).replace("__", "\n")
                        .replace('_', '-').split("\n", -1));
                Json table = ConfigKeys.parse(key, value);
                for (int i = key.size() - 1; i >= 0; i--) {
                    table = Json.object().put(key.get(i), table).build();
                }
                if (table instanceof Json.Obj whole) {
                    add(new Layer(Layer.ENVIRONMENT, Path.of(variable), whole, Optional.empty()));
                }
            }
        });
    }

    /** What can only be judged when all layers are together. */
    private void complete() {
        if (problems.stream().anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR)) {
            return;
        }
        Tables.table(merged(), "providers").members().forEach((id, value) -> {
            if (value instanceof Json.Obj table) {
                provider(List.of("providers", id), table);
            }
        });
    }

    private void provider(List<String> key, Json.Obj table) {
        String id = key.getLast();
        if (table.text("preset").isEmpty() && table.text("base-url").isEmpty() && table.text("dialect").isEmpty()) {
            var at = new Problems(layers);
            at.atKey(key, "provider " + id + " has no base-url and no preset, so its requests have nowhere to go", "",
                    "koine config set providers." + id + ".base-url https://HOST/v1");
            problems.addAll(at.found());
        } else if (table.text("base-url").filter(url -> url.contains("{resource}")).isPresent()
                && table.text("resource").isEmpty()) {
            var url = TomlJson.append(key, "base-url");
            var at = new Problems(layers);
            at.atValue(url, "{resource} in base-url is filled by resource, which is not set", "",
                    "koine config set providers." + id + ".resource NAME");
            problems.addAll(at.found());
        }
    }
}
