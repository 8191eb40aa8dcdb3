package dev.koine.openai.wire;

import dev.koine.api.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an error means: a table of codes and phrases, read from the top, and the HTTP status where none of them fits. The
 * phrases are those that services were seen to send; they are searched in lower case.
 */
final class FailureRules {
    /** A firewall's own words and numbers; 1010 is not among them, which bans a program and not a place. */
    private static final String BLOCKED = "attention required! \\| cloudflare|sorry, you have been blocked|"
            + "error( code:)? 10(06|07|08|09|20)\\b";
    private static final Pattern BLOCKING = Pattern.compile(BLOCKED, Pattern.CASE_INSENSITIVE);

    private static final List<Rule> RULES = List.of(
            new Rule(FailureKind.FILTERED, "", When.NOT_BUSY,
                    Set.of("content_filter", "content_policy_violation", "responsibleaipolicyviolation",
                            "content_moderation", "moderation_blocked", "data_inspection_failed", "invalid_prompt",
                            "censorship_blocked"),
                    "content management policy|violates? ((our|the) )?(content|usage) (polic|guideline)|safety system|"
                            + "input was flagged|flagged (by|for) (a |our |the )?(moderation|content)|"
                            + "inappropriate content|flagged as potentially|content exists risk|considered high risk|"
                            + "sensitive (information|content)|sensitivecontent|new_sensitive|content audit|"
                            + "敏感内容|违规内容|不安全或敏感"),
            // What is larger than the limit of a minute never fits.
            new Rule(FailureKind.CONTEXT_OVERFLOW, "", When.ANY, Set.of(),
                    "request too large for|request body too large|reduce your message size"),
            new Rule(FailureKind.QUOTA, "", When.ANY,
                    Set.of("insufficient_quota", "insufficient_balance", "insufficient_balance_error",
                            "insufficient_user_quota", "insufficient_credits", "insufficient_funds",
                            "exceeded_current_quota_error", "billing_hard_limit_reached", "billing_not_active",
                            "credits_exhausted", "credit_limit", "creditserror", "arrearage", "payment_required",
                            "not_enough_balance", "accountoverdueerror", "account_overdue", "setlimitexceeded",
                            "budget_exceeded", "token_quota_reached", "allocationquota.freetieronly"),
                    "insufficient (account |usd .{0,20})?(balance|credits?|funds|quota|points)|"
                            + "balance is (insufficient|not enough|too low)|not enough (account )?(balance|credits?)|"
                            + "exceeded (your )?(current quota|monthly)|"
                            + "monthly (included credits|spending limit)|spending limit|(out of|no) credits\\b|"
                            + "(requires|purchase|need|buy) more credits|purchased credits|credit balance|"
                            + "quota (was |is )?(exceeded|exhausted|reached)|key limit exceeded|overdue|"
                            + "free (tier|quota|allocation).{0,60}(exhausted|used up)|used up your .{0,40}(free|allocation|allowance|quota|credits?)|"
                            + "(credits?|balance) (has |have )?(expired|run out)|budget has been exceeded|"
                            + "reached the set .{0,20}limit|enter a payment method|activate payments|"
                            + "(does not|doesn't|do not|don't) have any credits|余额不足|欠费|额度(不足|已用尽)|"
                            + "account .{0,80}is suspended|payment required|in arrears"),
            new Rule(FailureKind.RATE_LIMITED, "", When.ANY,
                    Set.of("rate_limit_exceeded", "rate_limit_error", "ratelimitreached", "rate_limited",
                            "too_many_requests", "throttling", "throttlingexception", "request_quota_exceeded"),
                    "rate[- ]limit(ed| reached| exceeded)|too many requests|requests? limit (was )?(reached|exceeded)|"
                            + "速率限制|请求过多"),
            new Rule(FailureKind.PARAM_REJECTED, "max-tokens", When.CLIENT_NOT_BUSY, Set.of(),
                    "max_(completion_)?tokens['\"`]? is too large"),
            new Rule(FailureKind.CONTEXT_OVERFLOW, "", When.NOT_BUSY,
                    Set.of("context_length_exceeded", "exceed_context_size_error", "too_many_prompt_tokens",
                            "context_window_exceeded", "input_too_long", "prompt_too_long", "tokens_limit_reached",
                            "model_max_prompt_tokens_exceeded"),
                    "max(imum)? context|context (length|size|window)( is)?( only| of|,)? [0-9]|context length is only|"
                            + "exceeds? the (available |model'?s? |maximum )?context|context window|context limit|"
                            + "(greater|longer) than the (maximum |model )?(context|model) length|"
                            + "context shift is disabled|loaded with context length|"
                            + "prompt (is )?too long|input (is )?too long|messages is too long|"
                            + "reduce the length of|`inputs` (tokens|must have less)|too many (input |prompt )?tokens|"
                            + "input (sequence )?length .{0,60}exceed|range of input length|exceed max message tokens|"
                            + "token limit reached|^token limit$|token count .{0,40}exceeds|"
                            + "(prompt|input) tokens? .{0,40}(exceed|must be less)|prompt_tokens .{0,40}must be less|"
                            + "(content|prompt|message|input)( token)? (length|count)( of [0-9]+)? (exceeds|must be less)|"
                            + "max(imum)? length of message|maximum allowed length|maximum model length|"
                            + "maximum prompt length is|context length of only|longer than .{0,40}context|"
                            + "exceeded (the )?model token limit|prompt 超长|超出.{0,12}(上下文|长度)"),
            new Rule(FailureKind.REGION_BLOCKED, "", When.CLIENT_NOT_BUSY,
                    Set.of("unsupported_country_region_territory", "regionerror"),
                    "(country|region|territory|location)\\b.{0,30}\\bnot (supported|available|allowed)|"
                            + "not (available|supported) in your (country|region|location)|" + BLOCKED),
            new Rule(FailureKind.INVALID_REQUEST, "headers.User-Agent", When.DENIED, Set.of(),
                    "^error code: 1010\\b"),
            // A host that is given up sounds like a model that is.
            new Rule(FailureKind.WRONG_PATH, "base-url", When.CLIENT, Set.of(),
                    "https?://\\S+ is no longer supported"),
            new Rule(FailureKind.MODEL_RETIRED, "model", When.CLIENT_NOT_BUSY,
                    Set.of("model_decommissioned", "model_retired", "model_deprecated", "modeldeprecated"),
                    "\\bmodels?\\b.{0,200}?\\b((has|have) been (decommissioned|deprecated|retired|removed|shut ?down|sunset|"
                            + "discontinued)|reached its end of life|(is|are) no longer (available|supported|served))|"
                            + "\\bmodels?:? ?['\"`]?[\\w./:@-]*['\"`]? (is|are|was|were) (decommissioned|deprecated|"
                            + "retired|removed|shut ?down|sunset|discontinued|disabled)\\b|^model disabled"),
            new Rule(FailureKind.MODEL_FORBIDDEN, "model", When.CLIENT_NOT_BUSY,
                    Set.of("model_permission_blocked_org", "model_permission_blocked_project",
                            "key_model_access_denied", "team_model_access_denied", "model_access_denied",
                            "model.accessdenied", "model_terms_required", "model_gated", "modelnotopen", "no_access"),
                    "(does not|doesn't|do not|don't) have access to (the |this )?model|no access to (the |this )?model|model access denied|"
                            + "not (allowed|authorized|permitted|entitled) to (access|use) (the |this )?model|"
                            + "access to (the |this )?model\\b.{0,120}?(denied|restricted)|has not activated the model|"
                            + "not available (on|in|for|with) your .{0,20}(plan|tier|subscription)|"
                            + "matching your data policy|"
                            + "\\bmodel\\b.{0,120}?\\b(is blocked at|is gated|requires a subscription|"
                            + "requires terms acceptance|is too large to be loaded|"
                            + "requires (a|an) .{0,40}(plan|tier))|无权(访问|使用).{0,60}模型|无权(访问|使用)模型"),
            new Rule(FailureKind.AUTH_REJECTED, "api-key", When.REFUSED, Set.of("api_key_invalid"),
                    "api[- ]?key .{0,40}(leaked|revoked|suspended)|validate api[- ]?key"),
            new Rule(FailureKind.FORBIDDEN, "api-key", When.DENIED,
                    Set.of("permissiondenied", "permission_denied", "permission_error", "insufficient_permissions"),
                    "does not have permission|missing scopes?|insufficient permissions?|permission is required"),
            new Rule(FailureKind.FORBIDDEN, "api-key", When.CLIENT, Set.of("organization_restricted"),
                    "organization has been (restricted|disabled)"),
            // Some services say so with the status of a key that is wrong.
            new Rule(FailureKind.MODEL_UNKNOWN, "model", When.CLIENT_NOT_BUSY, Set.of("modelerror"),
                    "^model \\S+ not supported"),
            new Rule(FailureKind.AUTH_REJECTED, "api-key", When.REFUSED,
                    Set.of("invalid_api_key", "wrong_api_key", "token_not_found_in_db", "auth_error",
                            "authentication_error", "invalid_authentication_error", "unauthorized", "unauthenticated",
                            "missing_api_key", "no_api_key", "invalid_token", "incorrect_api_key_error",
                            "invalid_iam_token", "authentication_token_expired", "denied_authentication"),
                    "(incorrect|invalid|wrong|missing|no|expired|bad) (an )?(api[- _]?(key|token)|subscription key|"
                            + "(bearer|access|security) token|proxy server token|authentication|credentials|"
                            + "username or password)|"
                            + "api[- _]?key (is |was )?(not valid|invalid|incorrect|missing|required|expired|not found)|"
                            + "(authentication|authorization) fail|login fail|authentication error|"
                            + "(missing|invalid) (x-auth-key|authorization)|authorization header is|format for authorization|could not validate credentials|"
                            + "no cookie auth|missing authentication|no auth credentials|"
                            + "provide (an|your|a valid) api[- _]?key|not authenticated|"
                            + "token\\b.{0,40}\\bexpired|token (is |has )?invalid|身份验证失败|无效的令牌|令牌已过期"),
            new Rule(FailureKind.INVALID_REQUEST, "headers.x-portkey-provider", When.CLIENT, Set.of(),
                    "x-portkey-[a-z-]+ header"),
            new Rule(FailureKind.DEPLOYMENT_UNKNOWN, "deployment", When.CLIENT, Set.of("deploymentnotfound"),
                    "api deployment for this resource does not exist|"
                            + "\\bdeployment\\b.{0,120}(does not exist|not found|could not be found)"),
            new Rule(FailureKind.API_VERSION, "api-version", When.NOT_HERE,
                    Set.of("unsupportedapiversion", "missingapiversionparameter", "invalidapiversionparameter"),
                    "(?<!not found for )api[- ]version"),
            new Rule(FailureKind.WRONG_PATH, "base-url", When.CLIENT, Set.of("unknown_url"),
                    "unknown request url|invalid url \\(|unexpected endpoint or method|no route matched|"
                            + "requested resource was not found|check the configuration|404 page not found|"
                            + "no route for that uri|url\\.not_found|could not route to|\\bfile not found\\b|unknown (endpoint|route|path)"),
            new Rule(FailureKind.UNSUPPORTED, "", When.CLIENT_NOT_BUSY, Set.of(), "no endpoints found that support"),
            // A gateway without a place that serves the model says so as a service that is down would.
            new Rule(FailureKind.MODEL_UNKNOWN, "model", When.NOT_BUSY,
                    Set.of("model_not_found", "modelnotfound", "model_not_exist", "model_not_exists"),
                    "no available channels? for model|no (router|miner) (found )?for (the |requested )?model|无可用渠道|"
                            + "no models? (is |are )?(currently )?loaded"),
            new Rule(FailureKind.MODEL_UNKNOWN, "model", When.CLIENT_NOT_BUSY,
                    Set.of("model_not_available", "model_not_supported", "invalid_model", "unknown_model",
                            "unknownmodel", "unavailable_model", "dedicated_endpoint_not_running",
                            "invalidendpoint.notfound", "invalidendpointormodel.notfound", "endpoint_not_found"),
                    "\\bmodels?\\b.{0,200}?\\b(does not exist|doesn't exist|do not exist|not exist|not found|"
                            + "is not available|is not a valid|could not be found|cannot be found|is not loaded|"
                            + "not loaded|not supported by any provider)|"
                            + "\\bmodel:? (['\"`][^'\"`]{1,100}['\"`]|[\\w.]*[-/:0-9][\\w./:@-]*) (is )?not (supported|available)|"
                            + "model (identifier|id|name) is invalid|could not find .{0,20}model|"
                            + "(not a valid|invalid|unknown|no such|non-serverless|unsupported) model\\b(?! output)|"
                            + "(given|targeted an) endpoint (that )?does not exist|not found for account|"
                            + "allowed now, your model|graph definition with requested name|"
                            + "supported api model names|try pulling it first|"
                            + "no endpoints found|not found the model|模型不存在|未找到模型"),
            new Rule(FailureKind.MODEL_UNKNOWN, "model", When.MISSING, Set.of(), "^model: \\S+$"),
            new Rule(FailureKind.SERVER, "", When.ANY, Set.of(),
                    "out of memory|insufficient system resources|more system memory|model has crashed|"
                            + "failed loading model"),
            new Rule(FailureKind.OVERLOADED, "", When.ANY,
                    Set.of("overloaded_error", "overloaded", "server_overloaded", "serveroverloaded",
                            "engine_overloaded", "engine_overloaded_error", "unavailable_error", "unavailable",
                            "model_loading", "service_unavailable", "capacity_exceeded", "queue_exceeded",
                            "temporarily_unavailable", "service_tier_capacity_exceeded"),
                    "loading model|model is (currently |still )?loading|overload|over loaded|(at|over|maximum) capacity|"
                            + "capacity (temporarily )?exceeded|high (traffic|demand)|no healthy upstream|"
                            + "no (instances|available model provider)|getting throttled|not ready\\b|"
                            + "(temporarily|service) unavailable|degraded function|"
                            + "(server|service|model) (is )?(too )?busy|负载已饱和"),
            new Rule(FailureKind.INVALID_REQUEST, "", When.SERVER, Set.of(),
                    "cannot use both|cannot make get request|requires --|unsupported content"),
            new Rule(FailureKind.SERVER, "", When.IN_ANSWER,
                    Set.of("server_error", "internal_error", "internal_server_error", "internalservererror",
                            "api_error"),
                    "internal server error"),
            new Rule(FailureKind.INVALID_REQUEST, "", When.IN_ANSWER,
                    Set.of("invalid_request_error", "badrequesterror", "bad_request", "invalid_argument",
                            "validation"),
                    "validation error"));

    /** Services with a quota per minute use the words of one that is used up. */
    private static final Pattern SOON = Pattern.compile("per[ _-]?(second|minute|min|hour)\\b|throttling\\.");

    private FailureRules() {}

    /** What an error means, and the configuration key at fault; the key is empty where none is. */
    record Verdict(FailureKind kind, String field) {

        /** Return whether a page that came instead of JSON tells more. */
        private boolean saysLittle() {
            return switch (kind) {
                case WRONG_PATH, FORBIDDEN, INVALID_REQUEST, PROVIDER -> true;
                default -> false;
            };
        }
    }

    /**
     * Judge an error.
     *
     * @param status the HTTP status, or the one in the error where the answer's own says nothing
     * @param rejected a field of the request that the error rejects
     */
    static Verdict judge(int status, WireError error, Optional<Rejection> rejected) {
        if (!error.filtered().isEmpty()) {
            return new Verdict(FailureKind.FILTERED, "");
        }
        if (status == 412 && error.isCalled(Set.of("precondition_failed"))) {
            return new Verdict(FailureKind.QUOTA, "");
        }
        // A model's words in a message about another field must not look like an unknown or a retired model.
        boolean aboutParam = rejected.isPresent() && rejected.get().isSetting();
        String words = error.words();
        for (var rule : RULES) {
            boolean skipped = aboutParam && (rule.kind() == FailureKind.MODEL_UNKNOWN
                    || rule.kind() == FailureKind.MODEL_RETIRED);
            if (!skipped && rule.matches(status, error, words)) {
                boolean soon = rule.kind() == FailureKind.QUOTA && status == 429
                        && (error.delay().isPresent() || SOON.matcher(words).find());
                return soon ? new Verdict(FailureKind.RATE_LIMITED, "") : new Verdict(rule.kind(), rule.field());
            }
        }
        if (error.param().filter("model"::equals).isPresent() && (status == 400 || status == 404)) {
            return new Verdict(FailureKind.MODEL_UNKNOWN, "model");
        }
        if (aboutParam && (status < 400 || status == 400 || status == 422)) {
            return new Verdict(FailureKind.PARAM_REJECTED, rejected.get().field());
        }
        return byStatus(status);
    }

    /** Judge a web page that came with a status: most are a site's, and some are a firewall's. */
    static Verdict ofPage(int status, String text) {
        var known = byStatus(status);
        if (known.kind() == FailureKind.FORBIDDEN && BLOCKING.matcher(text).find()) {
            return new Verdict(FailureKind.REGION_BLOCKED, "");
        }
        return known.saysLittle() ? new Verdict(FailureKind.HTML, "base-url") : known;
    }

    /** Judge an answer by its status alone. */
    static Verdict byStatus(int status) {
        return switch (status) {
            case 401, 498 -> new Verdict(FailureKind.AUTH_REJECTED, "api-key");
            case 402 -> new Verdict(FailureKind.QUOTA, "");
            case 403 -> new Verdict(FailureKind.FORBIDDEN, "api-key");
            case 404, 405, 410, 421 -> new Verdict(FailureKind.WRONG_PATH, "base-url");
            case 408, 503, 529 -> new Verdict(FailureKind.OVERLOADED, "");
            case 413 -> new Verdict(FailureKind.CONTEXT_OVERFLOW, "");
            case 425, 429 -> new Verdict(FailureKind.RATE_LIMITED, "");
            case 451 -> new Verdict(FailureKind.FILTERED, "");
            case 501 -> new Verdict(FailureKind.UNSUPPORTED, "");
            default -> {
                if (status >= 500 || status == 424 || status == 499) {
                    yield new Verdict(FailureKind.SERVER, "");
                }
                yield new Verdict(status >= 400 ? FailureKind.INVALID_REQUEST : FailureKind.PROVIDER, "");
            }
        };
    }

    /** The statuses at which a rule holds; an error in an answer of status 200 counts as a client's. */
    private enum When {
        ANY, CLIENT, NOT_BUSY, CLIENT_NOT_BUSY, DENIED, REFUSED, NOT_HERE, MISSING, SERVER, IN_ANSWER;

        boolean includes(int status) {
            return switch (this) {
                case ANY -> true;
                case CLIENT -> status < 500;
                case NOT_BUSY -> status != 402 && status != 429;
                case CLIENT_NOT_BUSY -> status < 500 && status != 429;
                case DENIED -> status == 401 || status == 403;
                case REFUSED -> status <= 403 || status == 498;
                case NOT_HERE -> status == 400 || status == 404;
                case MISSING -> status == 404;
                case SERVER -> status >= 500;
                case IN_ANSWER -> status < 400;
            };
        }
    }

    private record Rule(FailureKind kind, String field, When when, Set<String> codes, Pattern phrases) {
        Rule(FailureKind kind, String field, When when, Set<String> codes, String phrases) {
            this(kind, field, when, codes, Pattern.compile(phrases, Pattern.DOTALL | Pattern.MULTILINE));
        }

        boolean matches(int status, WireError error, String words) {
            return when.includes(status) && (error.isCalled(codes) || phrases.matcher(words).find());
        }
    }
}
