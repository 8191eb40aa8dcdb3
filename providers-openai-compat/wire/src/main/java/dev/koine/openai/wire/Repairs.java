package dev.koine.openai.wire;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolChoice;
import dev.koine.spi.Repair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names the setting that would mend a rejected request. The model and the words of the conversation are never touched, and
 * nothing is proposed that is set already.
 */
final class Repairs {
    /** Fields whose loss changes the answer's nature, so that leaving them out mends nothing. */
    private static final Set<String> NEVER_DROPPED = Set.of("model", "messages", "tools", "input", "stream");

    private static final Pattern DEVELOPER = Pattern.compile(
            "does not support 'developer'|(?:unknown|invalid|unsupported|unexpected) (?:message )?(?:role|variant)[^\\n]{0,40}developer|developer[^\\n]{0,60}role|role[^\\n]{0,60}developer");
    private static final Pattern SYSTEM = Pattern
            .compile("does not support 'system'|system role (?:is )?not supported");
    private static final Pattern SEVERAL_SYSTEMS = Pattern.compile(
            "(?:only one|multiple|more than one|single) system message|system message must be (?:at the beginning|the first)");
    private static final Pattern EXTRA_OF_MESSAGE = Pattern.compile(
            "(?:messages|assistant)[\\w.\\[\\]]*?\\.(reasoning_content|reasoning_details|reasoning)\\b|(reasoning_content|reasoning_details)[^\\n]{0,60}(?:unsupported|not supported|not permitted|unexpected)");
    private static final Pattern STREAM_OPTIONS = Pattern.compile("\\bstream_options\\b|\\binclude_usage\\b");
    private static final Pattern STREAM = Pattern.compile(
            "(?<![\\w.])['\"`]?stream(?:ing)?['\"`]? (?:is |are )?(?:not |un)(?:supported|available|allowed|permitted)|"
                    + "(?:not|n't) support (?:['\"`]?stream['\"`]?|streaming)|without streaming");

    private static final Pattern REFUSED = Pattern.compile(
            "not support|unsupported|not allowed|not permitted|not available|must be|invalid|unknown|requires");

    private final ChatRequest request;
    private final Quirks quirks;
    private final String words;
    private final String reason;
    private final Optional<Rejection> rejection;

    private Repairs(ChatRequest request, Quirks quirks, ProviderFailure failure) {
        this.request = request;
        this.quirks = quirks;
        String message = failure.upstreamMessage().filter(text -> !text.isBlank())
                .or(failure::providerMessage).or(failure::raw).orElse("");
        words = message.substring(0, Math.min(message.length(), 4000)).toLowerCase(Locale.ROOT);
        reason = message.strip().replaceAll("\\s+", " ")
                .transform(text -> text.substring(0, Math.min(text.length(), 160)));
        rejection = Rejection.of(Optional.of(message), failure.providerCode(), failure.providerParam());
    }

    static Optional<Repair> propose(ChatRequest request, Quirks quirks, ProviderFailure failure) {
        return switch (failure.kind()) {
            case PARAM_REJECTED, INVALID_REQUEST, PROVIDER, UNSUPPORTED,
                    SERVER -> new Repairs(request, quirks, failure).propose();
            default -> Optional.empty();
        };
    }

    private Optional<Repair> propose() {
        return tokens().or(this::stream).or(this::roles).or(this::reasoning).or(this::format).or(this::tools)
                .or(this::seed).or(this::drop);
    }

    private Optional<Repair> tokens() {
        if (request.maxTokens().isEmpty()) {
            return Optional.empty();
        }
        String other = quirks.maxTokensField().equals("max_tokens") ? "max_completion_tokens" : "max_tokens";
        boolean rejected = rejection
                .filter(field -> field.unsupported() && field.head().equals(quirks.maxTokensField()))
                .isPresent();
        boolean advised = words.contains("use '" + other + "'") || words.contains("use `" + other + "`")
                || words.contains("use \"" + other + "\"") || words.contains("use " + other);
        return rejected || advised ? quirk("max-tokens-field", Json.of(other), Repair.Level.MODEL) : Optional.empty();
    }

    private Optional<Repair> stream() {
        if (!request.stream() || !quirks.stream()) {
            return Optional.empty();
        }
        boolean options = head().equals("stream_options") || STREAM_OPTIONS.matcher(words).find();
        if (options) {
            return quirks.streamUsage() ? quirk("stream-usage", Json.of(false), Repair.Level.PROVIDER)
                    : Optional.empty();
        }
        boolean whole = head().equals("stream") || STREAM.matcher(words).find();
        return whole ? quirk("stream", Json.of(false), Repair.Level.PROVIDER) : Optional.empty();
    }

    private Optional<Repair> roles() {
        if (quirks.systemRole().equals("developer") && DEVELOPER.matcher(words).find()) {
            return quirk("system-role", Json.of("system"), Repair.Level.MODEL);
        }
        if (quirks.systemRole().equals("system") && SYSTEM.matcher(words).find()) {
            return quirk("system-role", Json.of("user"), Repair.Level.MODEL);
        }
        if (!quirks.mergeSystem() && SEVERAL_SYSTEMS.matcher(words).find()) {
            return quirk("merge-system", Json.of(true), Repair.Level.MODEL);
        }
        return Optional.empty();
    }

    /** A field of an earlier answer that the endpoint does not take back. */
    private Optional<Repair> reasoning() {
        var refused = EXTRA_OF_MESSAGE.matcher(words);
        if (!refused.find()) {
            return Optional.empty();
        }
        String field = Optional.ofNullable(refused.group(1)).orElseGet(() -> refused.group(2));
        if (quirks.reasoningField().equals(field)) {
            return quirk("reasoning-field", Json.of("none"), Repair.Level.PROVIDER);
        }
        if (quirks.messageFields().contains(field)) {
            return quirk("message-fields", Json.strings(
                    quirks.messageFields().stream().filter(name -> !name.equals(field)).sorted().toList()),
                    Repair.Level.PROVIDER);
        }
        return Optional.empty();
    }

    private Optional<Repair> format() {
        if (!head().equals("response_format") && !words.contains("response_format") && !words.contains("json_schema")
                && !words.contains("json_object")) {
            return Optional.empty();
        }
        return switch (request.responseFormat().orElse(null)) {
            case ResponseFormat.JsonObject() when quirks.jsonObject().equals("native") -> quirk("json-object",
                    Json.of(words.contains("json_schema") ? "json-schema" : "prompt"), Repair.Level.PROVIDER);
            case ResponseFormat.JsonObject() when quirks.jsonObject().equals("json-schema") -> quirk("json-object",
                    Json.of("prompt"), Repair.Level.PROVIDER);
            case ResponseFormat.JsonSchema ignored when quirks.jsonSchema().equals("native")
                    && !isSchemaItself() -> quirk("json-schema", Json.of("json-object"), Repair.Level.MODEL);
            case ResponseFormat.JsonSchema ignored when quirks.jsonSchema().equals("json-object") -> quirk(
                    "json-schema", Json.of("prompt"), Repair.Level.MODEL);
            case null, default -> Optional.empty();
        };
    }

    /** Whether the complaint is about the user's own schema, which only the user can mend. */
    private boolean isSchemaItself() {
        return words.contains("invalid schema") || words.contains("additionalproperties")
                || rejection.filter(field -> field.param().startsWith("response_format.json_schema.schema"))
                        .isPresent();
    }

    private Optional<Repair> tools() {
        if (head().equals("parallel_tool_calls") && quirks.parallelToolCalls()
                && request.parallelToolCalls().isPresent()) {
            return quirk("parallel-tool-calls", Json.of(false), Repair.Level.PROVIDER);
        }
        boolean strict = rejection.filter(field -> field.param().endsWith(".strict") || field.param().equals("strict"))
                .isPresent();
        if (strict && quirks.strictTools()) {
            return quirk("strict-tools", Json.of(false), Repair.Level.PROVIDER);
        }
        boolean choice = head().equals("tool_choice") || words.contains("tool_choice") || words.contains("tool choice");
        if (!choice || !REFUSED.matcher(words).find()) {
            return Optional.empty();
        }
        return switch (request.toolChoice().orElse(null)) {
            case ToolChoice.Required() -> switch (quirks.toolChoiceRequired()) {
                case "required" -> quirk("tool-choice-required",
                        Json.of(words.contains("'any'") || words.contains("\"any\"") || words.contains("`any`") ? "any"
                                : "auto"),
                        Repair.Level.MODEL);
                case "any" -> quirk("tool-choice-required", Json.of("auto"), Repair.Level.MODEL);
                default -> Optional.empty();
            };
            case ToolChoice.Named ignored when quirks.toolChoiceNamed().equals("function") -> quirk("tool-choice-named",
                    Json.of("auto"), Repair.Level.MODEL);
            case null, default -> Optional.empty();
        };
    }

    private Optional<Repair> seed() {
        boolean rejected = rejection.filter(Rejection::unsupported).isPresent() && head().equals("seed");
        return rejected && request.seed().isPresent() && words.contains("random_seed")
                ? quirk("seed-field", Json.of("random_seed"), Repair.Level.PROVIDER)
                : Optional.empty();
    }

    /** A field that is not taken at all can only be left out; a value that is out of range is the user's to mend. */
    private Optional<Repair> drop() {
        if (rejection.filter(Rejection::unsupported).isEmpty() || NEVER_DROPPED.contains(head())
                || !head().equals(rejection.get().param())) {
            return Optional.empty();
        }
        // The one makes no sense without the other.
        var fields = head().equals("logprobs") ? List.of("logprobs", "top_logprobs") : List.of(head());
        return Optional.of(new Repair("drop", Json.strings(fields), Repair.Level.MODEL, reason));
    }

    private String head() {
        return rejection.map(Rejection::head).orElse("");
    }

    private Optional<Repair> quirk(String key, Json value, Repair.Level level) {
        return Optional.of(new Repair("quirks." + key, value, level, reason));
    }
}
