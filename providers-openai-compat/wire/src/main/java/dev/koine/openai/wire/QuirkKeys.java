package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.ConfigurationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys of the {@code quirks} table, as data. */
final class QuirkKeys {
    private static final List<ConfigKey> ALL = List.of(
            choice("max-tokens-field", "field of the token limit", "max_tokens", "max_completion_tokens"),
            choice("system-role", "role under which system messages are sent", "system", "developer", "user"),
            flag("merge-system", false, "put all system messages into one, at the beginning"),
            flag("stream", true, "the endpoint can stream; if not, `stream` is never sent"),
            flag("stream-usage", false, "ask for usage in streams by `stream_options`"),
            flag("stream-end", false, "a stream without finish reason and [DONE] was cut"),
            choice("seed-field", "field of the seed", "seed", "random_seed"),
            choice("reasoning-effort", "where the reasoning effort is sent", "reasoning_effort", "reasoning", "none"),
            flag("tool-choice", true, "`tool_choice` is known"),
            choice("tool-choice-required", "word for \"some tool must be called\"; auto where there is none",
                    "required", "any", "auto"),
            choice("tool-choice-named", "how one tool is demanded: by its name, by leaving the others out, or not",
                    "function", "only", "auto"),
            flag("parallel-tool-calls", true, "`parallel_tool_calls` is known"),
            flag("strict-tools", true, "`strict` is known in tools"),
            choice("json-schema", "how a JSON Schema is demanded; prompt puts it into a system message",
                    "native", "json-object", "prompt"),
            choice("json-object", "how a JSON object is demanded; prompt puts it into a system message",
                    "native", "json-schema", "prompt"),
            choice("text-content", "form of a message that is only text", "string", "parts"),
            choice("empty-content", "content of an assistant message that has only tool calls",
                    "null", "empty", "omitted"),
            choice("image-urls", "which image addresses are taken", "any", "data", "none"),
            choice("reasoning-field", "field under which earlier reasoning is sent back",
                    "none", "reasoning_content", "reasoning", "think-tags"),
            texts("message-fields", "further fields of assistant messages that are sent back as they came"),
            texts("tool-call-fields", "further fields of tool calls that are sent back as they came"),
            choice("tool-call-ids", "which ids of tool calls are taken; nine means nine letters and digits",
                    "any", "nine"),
            choice("dimensions-field", "field of the length of embeddings", "dimensions", "output_dimension"));

    private static final Map<String, ConfigKey> BY_NAME = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(ConfigKey::name, Function.identity()));

    private QuirkKeys() {}

    static List<ConfigKey> all() {
        return ALL;
    }

    /** The first of the allowed values is the default. */
    private static ConfigKey choice(String name, String doc, String... allowed) {
        return ConfigKey.builder(name, ConfigKey.Type.CHOICE).defaultValue(allowed[0]).allowed(allowed).doc(doc)
                .build();
    }

    private static ConfigKey flag(String name, boolean defaultValue, String doc) {
        return ConfigKey.builder(name, ConfigKey.Type.BOOLEAN).defaultValue(Boolean.toString(defaultValue)).doc(doc)
                .build();
    }

    private static ConfigKey texts(String name, String doc) {
        return ConfigKey.builder(name, ConfigKey.Type.TEXTS).doc(doc).build();
    }

    /** Reads a table by the keys' own types, defaults and allowed values. */
    static final class Reader {
        private final Json.Obj table;

        Reader(Json.Obj table) {
            this.table = table;
        }

        String word(String name) {
            var key = key(name);
            var value = table.get(name);
            if (value.isEmpty()) {
                return key.defaultValue().orElse("");
            }
            if (value.get() instanceof Json.Str(var word) && key.allowed().contains(word)) {
                return word;
            }
            throw wrong(name, value.get(), "one of " + String.join(", ", key.allowed()));
        }

        boolean flag(String name) {
            var value = table.get(name);
            if (value.isEmpty()) {
                return key(name).defaultValue().map(Boolean::parseBoolean).orElse(false);
            }
            if (value.get() instanceof Json.Bool(var truth)) {
                return truth;
            }
            throw wrong(name, value.get(), "true or false");
        }

        Set<String> words(String name) {
            var value = table.get(name).orElse(new Json.Arr(List.of()));
            var words = new LinkedHashSet<String>();
            if (value instanceof Json.Arr(var items)) {
                for (var item : items) {
                    if (!(item instanceof Json.Str(var word))) {
                        throw wrong(name, value, "a list of texts");
                    }
                    words.add(word);
                }
                return words;
            }
            throw wrong(name, value, "a list of texts");
        }

        private static ConfigKey key(String name) {
            var key = BY_NAME.get(name);
            if (key == null) {
                throw new IllegalArgumentException("no quirk is called " + name);
            }
            return key;
        }

        private static ConfigurationException wrong(String name, Json value, String wanted) {
            return new ConfigurationException("quirks." + name, "quirks." + name + " is " + value + ", not " + wanted);
        }
    }
}
