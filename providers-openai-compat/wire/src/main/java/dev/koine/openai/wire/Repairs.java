package dev.koine.openai.wire;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ResponseFormat;
import dev.koine.api.ToolChoice;
import dev.koine.spi.Repair;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names the setting that would mend a rejected request. The model and the words of the conversation are never touched, and
 * nothing is proposed that is set already.
 */
final class Repairs {
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
    private final Complaint complaint;

    private Repairs(ChatRequest request, Quirks quirks, Complaint complaint) {
        this.request = request;
        this.quirks = quirks;
        this.complaint = complaint;
        words = complaint.words();
    }

    static Optional<Repair> propose(ChatRequest request, Quirks quirks, ProviderFailure failure) {
        return Complaint.of(failure).flatMap(complaint -> new Repairs(request, quirks, complaint).propose());
    }

    private Optional<Repair> propose() {
        return tokens().or(this::stream).or(this::roles).or(this::reasoning).or(this::format).or(this::tools)
                .or(this::seed).or(complaint::drop);
    }

    private Optional<Repair> tokens() {
        if (request.maxTokens().isEmpty()) {
            return Optional.empty();
        }
        String other = quirks.maxTokensField().equals("max_tokens") ? "max_completion_tokens" : "max_tokens";
        boolean rejected = complaint.rejection()
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
                || complaint.rejection().filter(field -> field.param().startsWith("response_format.json_schema.schema"))
                        .isPresent();
    }

    private Optional<Repair> tools() {
        if (head().equals("parallel_tool_calls") && quirks.parallelToolCalls()
                && request.parallelToolCalls().isPresent()) {
            return quirk("parallel-tool-calls", Json.of(false), Repair.Level.PROVIDER);
        }
        boolean strict = complaint.rejection()
                .filter(field -> field.param().endsWith(".strict") || field.param().equals("strict"))
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
        boolean rejected = complaint.rejection().filter(Rejection::unsupported).isPresent() && head().equals("seed");
        return rejected && request.seed().isPresent() && words.contains("random_seed")
                ? quirk("seed-field", Json.of("random_seed"), Repair.Level.PROVIDER)
                : Optional.empty();
    }

    private String head() {
        return complaint.head();
    }

    private Optional<Repair> quirk(String key, Json value, Repair.Level level) {
        return complaint.quirk(key, value, level);
    }
}
