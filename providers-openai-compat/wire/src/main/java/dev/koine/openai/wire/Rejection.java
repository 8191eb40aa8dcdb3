package dev.koine.openai.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of the request that an endpoint rejects.
 *
 * @param param the field's name on the wire; of a nested field its whole path as the endpoint names it
 * @param unsupported whether the endpoint does not take the field or this form of it at all; else only its value is wrong
 */
record Rejection(String param, boolean unsupported) {
    /** What a service says where it does not take a field; group 1 is the field. */
    private static final List<Pattern> UNSUPPORTED = compile(
            "unsupported parameter:? ['\"`]?([\\w.\\[\\]]+)",
            "unrecognized (?:request )?arguments? supplied:? ['\"`]?([\\w.]+)",
            "(?:unknown|unrecognized|unexpected|unsupported) (?:parameter|field|argument|property|keyword argument|keyword):? ['\"`]+([\\w.\\[\\]]+)",
            "(?:unknown|unrecognized|unsupported) (?:parameter|field|argument|property):? ([\\w.\\[\\]]+)",
            "unsupported value:? ['\"`]?([\\w.\\[\\]]+)['\"`]? does not support",
            "\\(['\"`]([\\w.]+)['\"`] was unexpected\\)",
            "property ['\"`]([\\w.]+)['\"`] is (?:unsupported|not supported|not allowed)",
            "['\"`]([\\w.\\[\\]]+)['\"`] (?:is|are) (?:not supported|unsupported|not allowed|not permitted)",
            "(?:^|[\\s:])([a-z][a-z_]*_[a-z_]+|n|stop|seed|stream|temperature|logprobs|tools) (?:is|are) (?:not supported|unsupported|not allowed|not permitted)",
            "does not support (?:the )?(?:parameter )?['\"`]?([a-z]+_[a-z_]+|temperature|streaming|stream|logprobs)\\b",
            "(?:argument|parameter) not supported(?: on this model)?:? ['\"`]?([\\w.]+)",
            "['\"`]?(?:body\\.)?([a-z][\\w.]*)['\"`]?:? extra inputs are not permitted",
            "loc['\"]?\\s*:\\s*[\\[(]\\s*['\"]body['\"]\\s*,\\s*['\"](\\w+)['\"]\\s*[\\])].{0,200}?extra inputs are not permitted",
            "extra inputs are not permitted.{0,80}?loc['\"]?\\s*:\\s*[\\[(]\\s*['\"]body['\"]\\s*,\\s*['\"](\\w+)['\"]",
            "validation errors? for \\w+\\s+([a-z_]+)\\s+extra inputs are not permitted",
            "extra_forbidden.{0,80}?loc['\"]?\\s*:\\s*[\\[(]\\s*['\"]body['\"]\\s*,\\s*['\"](\\w+)['\"]",
            "extra inputs are not permitted, field: ['\"`]?([\\w.\\[\\]]+)",
            "unknown name ['\"`](\\w+)['\"`]: cannot find field",
            "does not support parameter:? ['\"`]?([\\w.]+)",
            "does not support parameters:? \\[['\"`]?([\\w.]+)",
            "\\b(tool_choice|response_format|stream_options)\\b.{0,40}? is incompatible with",
            "thinking mode does not support this (tool_choice)",
            "\\b(logprobs|top_logprobs|temperature|top_p|stop|seed|n|tools|response_format|reasoning_effort) (?:is|are) not enabled",
            "(response_format)\\.type['\"`]? must be");

    private static final Set<String> UNSUPPORTED_CODES = Set.of("unsupported_parameter", "unsupported_value",
            "unknown_parameter", "extra_forbidden", "wrong_api_format", "unsupported_field");
    /** What a service says where only the value is wrong. */
    private static final List<Pattern> WRONG_VALUE = compile(
            "(?:invalid|missing required parameter:?) ['\"`]([\\w.\\[\\]]+)['\"`]",
            "^([a-z_]+): input should be",
            "validation errors? for \\w+\\s+([a-z_]+)\\s+(?:input should|value error)",
            "([\\w.\\[\\]]+): unknown variant",
            "invalid message (role)",
            "invalid (temperature|top_p|max_tokens|max_completion_tokens|seed|n|stop|reasoning_effort)(?: value|:)",
            "(?:only supports? |for non-)(stream)(?:ing)? (?:mode|calls)",
            "loc['\"]?\\s*:\\s*\\[\\s*['\"]body['\"]\\s*,\\s*['\"](\\w+)['\"]\\s*\\].{0,200}?(?:input|value|string|number|list) should",
            "\\b(temperature|top_p|max_tokens|max_completion_tokens|frequency_penalty|presence_penalty|seed|n|stop"
                    + "|top_logprobs|reasoning_effort)['\"`]? (?:must be|should be|has to be|is too|is out of|cannot be)");
    private static final Pattern NO_PARAM = Pattern.compile("(?i)none|null|body|validation_error|input|api_key|");
    private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z0-9])[A-Z]");
    private static final Pattern HEAD = Pattern.compile("^[a-z_]+");

    /** Configuration keys of the fields that have one of their own. */
    private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("temperature", "temperature"),
            Map.entry("top_p", "top-p"), Map.entry("max_tokens", "max-tokens"),
            Map.entry("max_completion_tokens", "max-tokens"), Map.entry("seed", "seed"),
            Map.entry("random_seed", "seed"), Map.entry("stream", "stream"),
            Map.entry("stream_options", "quirks.stream-usage"), Map.entry("model", "model"),
            Map.entry("stop", "params.stop"), Map.entry("n", "params.n"),
            Map.entry("frequency_penalty", "params.frequency-penalty"),
            Map.entry("presence_penalty", "params.presence-penalty"), Map.entry("logprobs", "params.logprobs"),
            Map.entry("top_logprobs", "params.top-logprobs"),
            Map.entry("reasoning_effort", "params.reasoning-effort"),
            Map.entry("parallel_tool_calls", "quirks.parallel-tool-calls"),
            Map.entry("tool_choice", "quirks.tool-choice"), Map.entry("role", "quirks.system-role"),
            Map.entry("response_format", "quirks.json-schema"));

    private static List<Pattern> compile(String... expressions) {
        return Arrays.stream(expressions)
                .map(expression -> Pattern.compile(expression, Pattern.DOTALL | Pattern.CASE_INSENSITIVE)).toList();
    }

    /** Return the field that an error rejects; empty when it names none. */
    static Optional<Rejection> of(Optional<String> message, Optional<String> code, Optional<String> param) {
        String text = message.map(words -> words.length() > 4000 ? words.substring(0, 4000) : words).orElse("");
        var named = param.filter(name -> !NO_PARAM.matcher(name).matches());
        boolean byCode = code.filter(UNSUPPORTED_CODES::contains).isPresent();
        for (var pattern : UNSUPPORTED) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional
                        .of(new Rejection(named.orElseGet(() -> snake(matcher.group(1))), true));
            }
        }
        if (named.isPresent()) {
            return Optional.of(new Rejection(named.get(), byCode));
        }
        return WRONG_VALUE.stream().map(pattern -> pattern.matcher(text)).filter(Matcher::find).findFirst()
                .map(matcher -> new Rejection(snake(matcher.group(1)), byCode));
    }

    /** Return a name as it stands in requests: some services say {@code presencePenalty} where they have another inside. */
    private static String snake(String name) {
        return INNER_CAPITAL.matcher(name).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }

    /** Return whether it is a setting, and not the model or something of the conversation. */
    boolean isSetting() {
        return !head().equals("model") && (!head().equals("messages") || param.endsWith("role"));
    }

    /** Return the top-level field of the request. */
    String head() {
        Matcher matcher = HEAD.matcher(param);
        return matcher.find() ? matcher.group() : param;
    }

    /** Return the configuration key to look at; the empty text where there is none. */
    String field() {
        if (head().equals("messages")) {
            return param.endsWith("role") ? "quirks.system-role" : "";
        }
        if (unsupported && (head().equals("max_tokens") || head().equals("max_completion_tokens"))) {
            return "quirks.max-tokens-field";
        }
        return KEYS.getOrDefault(head(), unsupported ? "drop" : "");
    }
}
