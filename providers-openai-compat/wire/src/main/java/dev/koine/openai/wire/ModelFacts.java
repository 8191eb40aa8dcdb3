package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What an entry of a model list says about the model, by the many names that services have for it. */
final class ModelFacts {
    private static final List<String> CONTEXT = List.of("context_length", "context_window", "max_context_length",
            "max_model_len", "loaded_context_length", "max_input_tokens", "inputTokenLimit", "context_size",
            "meta.n_ctx", "top_provider.context_length", "capabilities.limits.max_context_window_tokens",
            "model_spec.availableContextTokens", "model_info.max_input_tokens", "limits.max_context_length",
            "limits.max_input_tokens", "metadata.context_length", "context_window.context_length",
            "model_limits.max_sequence_length", "max_sequence_length", "max_seq_len",
            "meta.n_ctx_train");
    private static final List<String> OUTPUT = List.of("max_completion_tokens", "max_output_tokens",
            "max_output_length", "outputTokenLimit", "top_provider.max_completion_tokens",
            "capabilities.limits.max_output_tokens", "model_spec.maxCompletionTokens",
            "model_info.max_output_tokens", "limits.max_output_tokens", "metadata.max_tokens",
            "context_window.max_output_tokens", "model_limits.max_output_tokens");
    private static final List<String> INPUT = List.of("input_modalities", "architecture.input_modalities",
            "supported_input_modalities", "modalities.input");
    private static final List<String> NAMES = List.of("display_name", "displayName", "model_spec.name", "name");

    /** Words for what a model can do; a flag that is false states a lack. */
    private static final Map<String, String> FLAGS = Map.ofEntries(Map.entry("function_calling", "tools"),
            Map.entry("supportsfunctioncalling", "tools"), Map.entry("supports_function_calling", "tools"),
            Map.entry("supports_tools", "tools"), Map.entry("tool_calls", "tools"),
            Map.entry("trained_for_tool_use", "tools"), Map.entry("vision", "vision"),
            Map.entry("supportsvision", "vision"), Map.entry("supports_vision", "vision"),
            Map.entry("supports_image_input", "vision"), Map.entry("supportsresponseschema", "json"),
            Map.entry("supports_response_schema", "json"), Map.entry("supports_structured_output", "json"),
            Map.entry("structured_outputs", "json"), Map.entry("supportsreasoning", "reasoning"),
            Map.entry("supports_reasoning", "reasoning"), Map.entry("reasoning", "reasoning"),
            Map.entry("thinking", "reasoning"), Map.entry("supportslogprobs", "logprobs"),
            Map.entry("supportsaudioinput", "audio"), Map.entry("supports_audio_input", "audio"),
            Map.entry("audio", "audio"));
    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("tools", "tools"),
            Map.entry("tool_use", "tools"), Map.entry("function_calling", "tools"), Map.entry("vision", "vision"),
            Map.entry("image", "vision"), Map.entry("audio", "audio"), Map.entry("response_format", "json"),
            Map.entry("structured_outputs", "json"), Map.entry("reasoning", "reasoning"),
            Map.entry("thinking", "reasoning"), Map.entry("logprobs", "logprobs"),
            Map.entry("embedding", "embeddings"), Map.entry("embeddings", "embeddings"), Map.entry("vlm", "vision"));

    private ModelFacts() {}

    static Optional<String> name(Json.Obj entry) {
        return NAMES.stream().flatMap(path -> at(entry, path).stream())
                .flatMap(value -> value instanceof Json.Str(var text) && !text.isBlank() ? Stream.of(text)
                        : Stream.empty())
                .findFirst();
    }

    static OptionalLong contextWindow(Json.Obj entry) {
        var stated = first(entry, CONTEXT);
        if (stated.isPresent()) {
            return stated;
        }
        return entry.list("providers").stream().flatMap(provider -> provider instanceof Json.Obj object
                ? first(object, CONTEXT).stream().boxed()
                : Stream.empty()).mapToLong(Long::longValue).max();
    }

    static OptionalLong maxOutput(Json.Obj entry) {
        return first(entry, OUTPUT);
    }

    static List<String> capabilities(Json.Obj entry) {
        Set<String> words = new LinkedHashSet<>();
        flags(entry, words);
        for (String path : List.of("capabilities", "capabilities.supports", "model_spec.capabilities", "model_info")) {
            at(entry, path).ifPresent(value -> {
                if (value instanceof Json.Obj object) {
                    flags(object, words);
                }
            });
        }
        for (String path : List.of("capabilities", "supported_parameters", "supported_features", "features", "tags",
                "metadata.tags", "input_modalities", "architecture.input_modalities", "supported_input_modalities",
                "modalities.input", "model_info.supported_modalities")) {
            at(entry, path).ifPresent(value -> {
                if (value instanceof Json.Arr(var items)) {
                    items.forEach(item -> word(item, words));
                }
            });
        }
        // The older form of the same: "text+image->text".
        at(entry, "architecture.modality").ifPresent(value -> {
            if (value instanceof Json.Str(var text)) {
                Stream.of(text.replaceFirst("->.*", "").split("\\+")).forEach(part -> word(Json.of(part), words));
            }
        });
        entry.get("type").ifPresent(type -> word(type, words));
        for (var provider : entry.list("providers")) {
            if (provider instanceof Json.Obj object) {
                var offered = new LinkedHashSet<String>();
                flags(object, offered);
                offered.stream().filter(word -> !word.startsWith("no-")).forEach(words::add);
            }
        }
        // What one place states and another denies is stated.
        return words.stream().filter(word -> !word.startsWith("no-") || !words.contains(word.substring(3))).toList();
    }

    /** Return the kinds of input that an entry lists; empty where it lists none. */
    static List<String> input(Json.Obj entry) {
        for (String path : INPUT) {
            if (at(entry, path).orElse(Json.NULL) instanceof Json.Arr(var items) && !items.isEmpty()) {
                return items.stream().flatMap(item -> item instanceof Json.Str(var text) ? Stream.of(text)
                        : Stream.empty()).map(ModelFacts::kind).distinct().toList();
            }
        }
        // The older form of the same: "text+image->text".
        return at(entry, "architecture.modality").orElse(Json.NULL) instanceof Json.Str(var text)
                && text.contains("->")
                        ? Stream.of(text.replaceFirst("->.*", "").split("\\+")).map(ModelFacts::kind).distinct()
                                .toList()
                        : List.of();
    }

    private static String kind(String written) {
        String word = written.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "images", "vision" -> "image";
            case "pdf", "document", "files" -> "file";
            default -> word;
        };
    }

    private static void flags(Json.Obj object, Set<String> words) {
        object.members().forEach((name, value) -> {
            String word = FLAGS.get(name.toLowerCase(Locale.ROOT));
            if (word != null) {
                switch (value) {
                    case Json.Bool(var truth) -> words.add(truth ? word : "no-" + word);
                    case Json.Obj ignored -> words.add(word);
                    default -> {
                        // Neither yes nor no.
                    }
                }
            }
        });
    }

    private static void word(Json value, Set<String> words) {
        if (value instanceof Json.Str(var text)) {
            String word = WORDS.get(text.toLowerCase(Locale.ROOT).replace('-', '_').strip());
            if (word != null) {
                words.add(word);
            }
        }
    }

    private static OptionalLong first(Json.Obj entry, List<String> paths) {
        return paths.stream().flatMap(path -> at(entry, path).stream())
                .flatMapToLong(value -> JsonTree.asLong(value).stream()).filter(number -> number > 0).findFirst();
    }

    /** Return the value at a path of names joined by dots. */
    static Optional<Json> at(Json.Obj object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return object.get(path);
        }
        return object.object(path.substring(0, dot)).flatMap(inner -> at(inner, path.substring(dot + 1)));
    }
}
