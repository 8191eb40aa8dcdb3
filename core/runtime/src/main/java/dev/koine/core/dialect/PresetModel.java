package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Lifecycle;
import dev.koine.api.Tag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that a preset suggests.
 *
 * @param id the model's id, as the service spells it
 * @param name its display name
 * @param tags how the one who suggests it means to use it
 * @param capabilities what it is said to be able to do, as capability words
 * @param contextWindow its context window in tokens
 * @param maxOutput the most tokens of an answer
 * @param input the kinds of input that it takes, all of them; empty where nothing is said of it
 * @param note a sentence about it
 * @param lifecycle a dated notice about its life
 * @param source who suggests it
 * @param asOf the day of the suggestion, as {@code YYYY-MM-DD}
 */
public record PresetModel(String id, Optional<String> name, List<Tag> tags, List<String> capabilities,
        OptionalLong contextWindow, OptionalLong maxOutput, List<String> input, Optional<String> note,
        Optional<Lifecycle> lifecycle, String source, String asOf) {
    public PresetModel {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        tags = List.copyOf(tags);
        capabilities = List.copyOf(capabilities);
        requireNonNull(contextWindow, "contextWindow is null");
        requireNonNull(maxOutput, "maxOutput is null");
        input = List.copyOf(input);
        requireNonNull(note, "note is null");
        requireNonNull(lifecycle, "lifecycle is null");
        requireNonNull(source, "source is null");
        requireNonNull(asOf, "asOf is null");
    }
}
