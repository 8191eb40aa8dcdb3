package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.spi.ConfigKey;
import java.util.List;
import java.util.Set;

/**
 * How an endpoint's requests differ from the plain form of OpenAI's chat completions. The defaults are those of an endpoint
 * that nothing is known about; answers need no quirks, for they are read leniently whoever sends them.
 *
 * @param maxTokensField the field of the token limit: {@code max_tokens} or {@code max_completion_tokens}
 * @param systemRole the role of system messages: {@code system}, {@code developer} or {@code user}
 * @param mergeSystem whether all system messages are put into one at the beginning
 * @param stream whether the endpoint can stream; if not, {@code stream} is never sent
 * @param streamUsage whether usage is asked for by {@code stream_options}
 * @param streamEnd whether every whole stream names its end, so that one without finish reason and {@code [DONE]} was cut
 * @param seedField the field of the seed: {@code seed} or {@code random_seed}
 * @param reasoningEffort where the reasoning effort goes: {@code reasoning_effort}, {@code reasoning} (an object) or {@code none}
 * @param toolChoice whether {@code tool_choice} is known
 * @param toolChoiceRequired the word for "some tool must be called": {@code required}, {@code any}, or {@code auto} where there is none
 * @param toolChoiceNamed how one tool is demanded: {@code function}, {@code only} (the other tools are left out) or {@code auto}
 * @param parallelToolCalls whether {@code parallel_tool_calls} is known
 * @param strictTools whether {@code strict} is known in tools
 * @param jsonSchema how a schema is demanded: {@code native}, {@code json-object} or {@code prompt}
 * @param jsonObject how a JSON object is demanded: {@code native}, {@code json-schema} or {@code prompt}
 * @param textContent the form of a message that is only text: {@code string} or {@code parts}
 * @param emptyContent the content of an assistant message without text: {@code null}, {@code empty} or {@code omitted}
 * @param imageUrls which image addresses are taken: {@code any}, {@code data} or {@code none}
 * @param reasoningField under which field reasoning is sent back: {@code none}, {@code reasoning_content}, {@code reasoning} or {@code think-tags}
 * @param messageFields further fields of an assistant message that are sent back as they came
 * @param toolCallFields further fields of a tool call that are sent back as they came
 * @param toolCallIds which ids of tool calls are taken: {@code any}, or {@code nine} letters and digits
 * @param dimensionsField the field of the length of embeddings: {@code dimensions} or {@code output_dimension}
 */
public record Quirks(String maxTokensField, String systemRole, boolean mergeSystem, boolean stream,
        boolean streamUsage, boolean streamEnd, String seedField, String reasoningEffort, boolean toolChoice,
        String toolChoiceRequired, String toolChoiceNamed, boolean parallelToolCalls, boolean strictTools,
        String jsonSchema, String jsonObject, String textContent, String emptyContent, String imageUrls,
        String reasoningField, Set<String> messageFields, Set<String> toolCallFields, String toolCallIds,
        String dimensionsField) {
    private static final List<ConfigKey> KEYS = QuirkKeys.all();

    public Quirks {
        requireNonNull(maxTokensField, "maxTokensField is null");
        requireNonNull(systemRole, "systemRole is null");
        requireNonNull(seedField, "seedField is null");
        requireNonNull(reasoningEffort, "reasoningEffort is null");
        requireNonNull(toolChoiceRequired, "toolChoiceRequired is null");
        requireNonNull(toolChoiceNamed, "toolChoiceNamed is null");
        requireNonNull(jsonSchema, "jsonSchema is null");
        requireNonNull(jsonObject, "jsonObject is null");
        requireNonNull(textContent, "textContent is null");
        requireNonNull(emptyContent, "emptyContent is null");
        requireNonNull(imageUrls, "imageUrls is null");
        requireNonNull(reasoningField, "reasoningField is null");
        messageFields = Set.copyOf(messageFields);
        toolCallFields = Set.copyOf(toolCallFields);
        requireNonNull(toolCallIds, "toolCallIds is null");
        requireNonNull(dimensionsField, "dimensionsField is null");
    }

    /** Return the keys of the {@code quirks} table, for the descriptors of dialects that speak OpenAI's wire form. */
    public static List<ConfigKey> keys() {
        return KEYS;
    }

    /** Return the quirks of an endpoint that nothing is known about. */
    public static Quirks defaults() {
        return of(Json.EMPTY);
    }

    /**
     * Read a {@code quirks} table.
     *
     * @param table the table; what it does not set keeps its default
     * @throws dev.koine.spi.ConfigurationException if a value is none that its key allows
     */
    public static Quirks of(Json.Obj table) {
        var read = new QuirkKeys.Reader(table);
        return new Quirks(read.word("max-tokens-field"), read.word("system-role"), read.flag("merge-system"),
                read.flag("stream"), read.flag("stream-usage"), read.flag("stream-end"), read.word("seed-field"),
                read.word("reasoning-effort"), read.flag("tool-choice"), read.word("tool-choice-required"),
                read.word("tool-choice-named"), read.flag("parallel-tool-calls"), read.flag("strict-tools"),
                read.word("json-schema"), read.word("json-object"), read.word("text-content"),
                read.word("empty-content"), read.word("image-urls"), read.word("reasoning-field"),
                read.words("message-fields"), read.words("tool-call-fields"), read.word("tool-call-ids"),
                read.word("dimensions-field"));
    }
}
