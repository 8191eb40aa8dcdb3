package dev.koine.api;

import static java.util.Objects.requireNonNull;

/**
 * What kind of thing went wrong. The code is stable and meant for programs; further constants may be added in a minor
 * version.
 */
public enum FailureKind {
    /** The host's name does not exist or cannot be looked up. */
    DNS("net.dns"),
    /** Nothing listens at the address. */
    REFUSED("net.refused"),
    /** The address cannot be reached. */
    UNREACHABLE("net.unreachable"),
    /** The encrypted connection could not be set up. */
    TLS("net.tls"),
    /** The proxy does not let the request through, or wants a login. */
    PROXY("net.proxy"),
    /** The connection was lost before anything of an answer came. */
    CONNECTION_LOST("net.lost"),
    /** No connection within its limit. */
    CONNECT_TIMEOUT("timeout.connect"),
    /** No first token within its limit. */
    FIRST_TOKEN_TIMEOUT("timeout.first-token"),
    /** No further token within its limit. */
    IDLE_TIMEOUT("timeout.idle"),
    /** The answer took longer than the limit for the whole. */
    TOTAL_TIMEOUT("timeout.total"),
    /** A key would have gone over plain http to another machine. */
    INSECURE("http.insecure"),
    /** The endpoint has nothing at this path. */
    WRONG_PATH("http.not-found"),
    /** The endpoint does not know the version of its interface that is asked for. */
    API_VERSION("http.api-version"),
    /** A web page came instead of JSON. */
    HTML("http.html"),
    /** JSON came, or something else, that is no answer of this kind. */
    UNEXPECTED_ANSWER("http.unexpected"),
    /** The endpoint redirects to another origin. */
    REDIRECT("http.redirect"),
    /** The service failed (5xx). */
    SERVER("http.server"),
    /** The service is overloaded or starting. */
    OVERLOADED("provider.overloaded"),
    /** Too many requests or tokens in a time. */
    RATE_LIMITED("rate.limited"),
    /** The account has no credit or quota left; repeating does not help. */
    QUOTA("quota.exhausted"),
    /** A key is needed and there is none. */
    AUTH_MISSING("auth.missing"),
    /** The key was refused. */
    AUTH_REJECTED("auth.rejected"),
    /** The key is good but may not do this. */
    FORBIDDEN("auth.forbidden"),
    /** The service does not serve the place that the request comes from. */
    REGION_BLOCKED("auth.region"),
    /** The endpoint does not know the model. */
    MODEL_UNKNOWN("model.unknown"),
    /** The model is there, but this account may not use it. */
    MODEL_FORBIDDEN("model.forbidden"),
    /** The model was there and is no longer served. */
    MODEL_RETIRED("model.retired"),
    /** The resource has no deployment of that name. */
    DEPLOYMENT_UNKNOWN("deployment.unknown"),
    /** The prompt is longer than the model's context window. */
    CONTEXT_OVERFLOW("context.overflow"),
    /** The endpoint rejects a field of the request. */
    PARAM_REJECTED("param.rejected"),
    /** The endpoint rejects the request. */
    INVALID_REQUEST("request.invalid"),
    /** A content filter withheld the request or the answer. */
    FILTERED("content.filtered"),
    /** The connection was lost in the middle of an answer. */
    STREAM_CUT("stream.cut"),
    /** An answer came that holds nothing. */
    EMPTY("answer.empty"),
    /** An answer went beyond a limit of Koine (line, body, depth, number of events). */
    LIMIT_EXCEEDED("limit.exceeded"),
    /** The dialect cannot do what was asked. */
    UNSUPPORTED("request.unsupported"),
    /** The service reports an error of no known kind. */
    PROVIDER("provider.error"),
    /** The caller gave up. */
    CANCELLED("request.cancelled"),
    /** A plugin broke its contract. */
    PLUGIN("plugin.failed");

    private final String code;

    FailureKind(String code) {
        this.code = requireNonNull(code, "code is null");
    }

    /** Return the stable code, such as {@code auth.rejected}. */
    public String code() {
        return code;
    }
}
