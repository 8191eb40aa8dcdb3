package dev.koine.core.dialect;

import java.util.List;
import java.util.Optional;

/**
 * A place that further dialects and presets come from, such as a folder of plugins. It says what it has without loading
 * any of it. Safe for use by several threads.
 */
public interface DialectSource {

    /** Return the dialects that can be had, without loading one. */
    List<DialectInfo> dialects();

    /**
     * Load a dialect, or return it when it is loaded already.
     *
     * @param id the dialect's id
     * @return the dialect; empty when this source does not have it, or could not load it, which {@link #problems()}
     *     then tells
     */
    Optional<DialectHandle> open(String id);

    /**
     * Say why {@link #open} has no dialect of this id.
     *
     * @return what is wrong with what should have it; empty when this source knows no such dialect
     */
    Optional<DialectProblem> explain(String id);

    /**
     * Say why a preset that this source has cannot be had.
     *
     * @return what is wrong with what should have it; empty (the default) when this source knows no such preset
     */
    default Optional<DialectProblem> explainPreset(String id) {
        return Optional.empty();
    }

    /** Return a number that differs when what can be had may have changed; always the same by default. */
    default long stamp() {
        return 0;
    }

    /** Return the ids of the presets that can be had, without reading them. */
    List<String> presetIds();

    /** Return the preset files, as text. */
    List<PresetText> presetTexts();

    /** Return the files that say which answers mean what, as text; none by default. */
    default List<PresetText> detectionTexts() {
        return List.of();
    }

    /** Return what is wrong, as far as it is known by now. */
    List<DialectProblem> problems();
}
