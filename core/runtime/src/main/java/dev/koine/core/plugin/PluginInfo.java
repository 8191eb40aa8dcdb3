package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plugin as lists show it: known without being loaded.
 *
 * @param name its name: the jar's file name without {@code .jar}, or the folder's
 * @param file the jar, or the folder of jars
 * @param state how far it came
 * @param sha256 its digest in lower-case hex; empty where it cannot be read
 * @param form how it is loaded
 * @param version its own version
 * @param spiVersion the version of the SPI that it was compiled against
 * @param dialects the ids of its dialects; known only of a trusted plugin
 * @param presets the ids of its presets
 * @param trustedAt when it was trusted
 * @param problems what is wrong with it
 */
public record PluginInfo(String name, Path file, State state, Optional<String> sha256, Optional<Form> form,
        Optional<String> version, Optional<String> spiVersion, List<String> dialects, List<String> presets,
        Optional<Instant> trustedAt, List<DialectProblem> problems) {
    public PluginInfo {
        requireNonNull(name, "name is null");
        requireNonNull(file, "file is null");
        requireNonNull(state, "state is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(form, "form is null");
        requireNonNull(version, "version is null");
        requireNonNull(spiVersion, "spiVersion is null");
        dialects = List.copyOf(dialects);
        presets = List.copyOf(presets);
        requireNonNull(trustedAt, "trustedAt is null");
        problems = List.copyOf(problems);
    }

    /**
     * Return what it will be when it lies elsewhere.
     *
     * @param changed what is wrong with it if it is not trusted, where another that was trusted lies there
     */
    PluginInfo at(Path place, Optional<DialectProblem> changed) {
        boolean update = state == State.FOUND && changed.isPresent();
        return new PluginInfo(name, place, update ? State.REFUSED : state, sha256, form, version, spiVersion, dialects,
                presets, trustedAt, (update ? changed.stream() : problems.stream()).map(problem -> problem.at(place))
                        .toList());
    }

    /** Return a copy with further problems. */
    PluginInfo and(List<DialectProblem> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(problems);
        all.addAll(more);
        return new PluginInfo(name, file, state, sha256, form, version, spiVersion, dialects, presets, trustedAt, all);
    }

    /** How far a plugin came. Further constants may be added in a minor version. */
    public enum State {
        /** It lies in a plugins folder, and nobody has trusted it. */
        FOUND,
        /** It cannot be used as it is; {@link PluginInfo#problems()} says why. */
        REFUSED,
        /** It is checked and trusted, and opened when first wanted. */
        RESOLVED,
        /** It is open. */
        ACTIVE,
        /** It is trusted, and none of its dialects could be opened. */
        FAILED,
        /** It was open, broke its contract, and is called no more. */
        RETIRED,
        /** It is trusted, and the user has switched it off. */
        DISABLED;

        /** Return the word used in output, such as {@code resolved}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How a plugin is loaded. */
    public enum Form {
        /** As modules, in a layer of its own. */
        MODULES,
        /** As plain jars, through a class loader of its own that looks into the plugin first. */
        CLASS_PATH,
        /** Not at all: it holds presets only. */
        DATA;

        /** Return the word used in output, such as {@code class-path}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
