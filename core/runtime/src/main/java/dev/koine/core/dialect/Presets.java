package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The presets by id: those of the program's own dialects, those of plugins, and on top the user's files. A jar may not
 * redefine a preset that is known; the user may, key by key.
 *
 * <p>Read when first asked for, and kept; the presets of plugins only when one of theirs is wanted, or all are. No
 * plugin is loaded for them. Safe for use by several threads.
 */
public final class Presets {
    private final Dialects dialects;
    private final Path userFolder;
    private final Map<String, Optional<Preset>> quick = new ConcurrentHashMap<>();
    private volatile Optional<Read> own = Optional.empty();
    private volatile Optional<Read> everything = Optional.empty();

    /**
     * Create the presets; nothing is read by this.
     *
     * @param dialects the dialects whose presets count
     * @param userFolder the folder of the user's own files ({@code *.toml}), which need not exist
     */
    public Presets(Dialects dialects, Path userFolder) {
        this.dialects = requireNonNull(dialects, "dialects is null");
        this.userFolder = requireNonNull(userFolder, "userFolder is null");
    }

    /** Return the ids of the presets that a file holds, in its order; none where it cannot be read. */
    public static List<String> idsIn(PresetText file) {
        return List.copyOf(PresetReader.tables(file).tables().keySet());
    }

    /** Return the preset of this id, or empty. */
    public Optional<Preset> find(String id) {
        var found = everything.isPresent() || own.isPresent() || userHasFiles() ? Optional.<Preset>empty()
                : quick.computeIfAbsent(id, this::alone);
        if (found.isPresent()) {
            return found;
        }
        var known = Optional.ofNullable(own().presets().get(id));
        boolean elsewhere = dialects.sources().stream().anyMatch(source -> source.presetIds().contains(id));
        return known.isPresent() || !elsewhere ? known : Optional.ofNullable(everything().presets().get(id));
    }

    /** Return all presets: the program's own, then those of plugins, then the user's. */
    public List<Preset> all() {
        return List.copyOf(everything().presets().values());
    }

    /** Return the preset that knows a base URL best, or empty; none knows a server on this machine by its URL. */
    public Optional<Preset> match(BaseUrl base) {
        return base.origin().isLoopback() ? Optional.empty() : best(base);
    }

    private Optional<Preset> best(BaseUrl base) {
        return all().stream().filter(preset -> weight(preset, base) > 0)
                .max(Comparator.comparingInt(preset -> weight(preset, base)));
    }

    /**
     * Find out what is known about a base URL: a preset that matches it decides, else the dialects are asked.
     *
     * @param base the URL
     * @param askPlugins whether the dialects of plugins are loaded and asked as well
     */
    public Recognition recognise(BaseUrl base, boolean askPlugins) {
        var preset = match(base);
        if (preset.isEmpty()) {
            return dialects.recognise(base, askPlugins);
        }
        var found = preset.get();
        if (!dialects.ids().contains(found.dialect())) {
            return new Recognition.Unknown(base + " is " + found.name() + ", whose dialect '" + found.dialect()
                    + "' is not installed (installed: " + String.join(", ", dialects.ids()) + ")");
        }
        return new Recognition.Recognised(found.dialect(),
                new Claim(Claim.Strength.HOST, "the URL is that of preset " + found.id()), preset);
    }

    /** Return what is wrong with presets. */
    public List<DialectProblem> problems() {
        return everything().problems();
    }

    /** Read the files again when a preset is next asked for. */
    public void refresh() {
        quick.clear();
        own = Optional.empty();
        everything = Optional.empty();
    }

    /** Return a preset of the program's own without reading the others; empty when that cannot be done. */
    private Optional<Preset> alone(String id) {
        for (var text : dialects.presetTexts()) {
            var table = PresetReader.table(text, id);
            if (table.isPresent()) {
                try {
                    return Optional.of(PresetReader.preset(id, table.get(), text.owner()));
                } catch (PresetReader.Unreadable e) {
                    // Reading all will tell.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private boolean userHasFiles() {
        return Files.isDirectory(userFolder);
    }

    private static int weight(Preset preset, BaseUrl base) {
        return preset.match().map(match -> match.weight(base)).orElse(0);
    }

    private Read own() {
        var known = own;
        if (known.isEmpty()) {
            known = Optional.of(read(dialects.presetTexts(), 0));
            own = known;
        }
        return known.get();
    }

    private Read everything() {
        long stamp = dialects.stamp();
        var known = everything;
        if (known.isEmpty() || known.get().stamp() != stamp) {
            var texts = new ArrayList<>(dialects.presetTexts());
            dialects.sources().forEach(source -> texts.addAll(source.presetTexts()));
            known = Optional.of(read(texts, stamp));
            everything = known;
        }
        return known.get();
    }

    /** Return a number that differs when there may be other presets. */
    public long stamp() {
        return dialects.stamp();
    }

    /** What was read, and of which stamp the sources were. */
    private record Read(Map<String, Preset> presets, List<DialectProblem> problems, long stamp) {}

    private record Table(Json.Obj table, PresetText file) {}

    private Read read(List<PresetText> jars, long stamp) {
        var problems = new ArrayList<DialectProblem>();
        var tables = new LinkedHashMap<String, Table>();
        for (var text : jars) {
            var file = PresetReader.tables(text);
            problems.addAll(file.problems());
            file.tables().forEach((id, table) -> {
                var first = tables.putIfAbsent(id, new Table(table, text));
                if (first != null) {
                    problems.add(new DialectProblem(Kind.DUPLICATE, id, Optional.of(text.file()), "the preset '" + id
                            + "' of " + text.owner() + " is known already, from " + first.file().owner()
                            + "; the first is used", Optional.empty()));
                }
            });
        }
        for (var text : userTexts(problems)) {
            var file = PresetReader.tables(text);
            problems.addAll(file.problems());
            file.tables().forEach((id, table) -> {
                var first = tables.get(id);
                tables.put(id, new Table(first == null ? table : first.table().mergedWith(table), text));
            });
        }
        var presets = new LinkedHashMap<String, Preset>();
        tables.forEach((id, table) -> {
            try {
                presets.put(id, PresetReader.preset(id, table.table(), table.file().owner()));
            } catch (PresetReader.Unreadable e) {
                problems.add(PresetReader.problem(table.file(), id, e.said()));
            }
        });
        return new Read(presets, List.copyOf(problems), stamp);
    }

    private List<PresetText> userTexts(List<DialectProblem> problems) {
        var texts = new ArrayList<PresetText>();
        if (!Files.isDirectory(userFolder)) {
            return texts;
        }
        try (var files = Files.list(userFolder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".toml")).sorted().toList()) {
                texts.add(new PresetText(file.getFileName().toString(), file, Files.readString(file)));
            }
        } catch (IOException e) {
            problems.add(new DialectProblem(Kind.PRESET, userFolder.getFileName() + "", Optional.of(userFolder),
                    "the user's presets cannot be read: " + e.getMessage(), Optional.empty()));
        }
        return texts;
    }
}
