package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;

/** What stopped a test, and where. */
record Fault(StageName stage, ProviderFailure failure) {
    Fault {
        requireNonNull(stage, "stage is null");
        requireNonNull(failure, "failure is null");
    }

    /** Return the fault that a failure of a completion is. */
    static Fault of(ProviderFailure failure) {
        return new Fault(stage(failure), failure);
    }

    /** A login that the proxy wants and a proxy that is not there are faults of the proxy, whatever the network says. */
    private static StageName stage(ProviderFailure failure) {
        boolean proxy = failure.field().filter("proxy"::equals).isPresent();
        return proxy ? StageName.PROXY : stage(failure.kind());
    }

    private static StageName stage(FailureKind kind) {
        return switch (kind) {
            case DNS -> StageName.DNS;
            case REFUSED, UNREACHABLE, CONNECT_TIMEOUT, CONNECTION_LOST -> StageName.TCP;
            case PROXY -> StageName.PROXY;
            case TLS -> StageName.TLS;
            case INSECURE, AUTH_MISSING -> StageName.KEY;
            case WRONG_PATH, API_VERSION, HTML, REDIRECT -> StageName.ROUTE;
            case AUTH_REJECTED, FORBIDDEN, REGION_BLOCKED, QUOTA -> StageName.AUTH;
            case MODEL_UNKNOWN, MODEL_FORBIDDEN, MODEL_RETIRED, DEPLOYMENT_UNKNOWN -> StageName.MODEL;
            case FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT, UNEXPECTED_ANSWER, SERVER, OVERLOADED, RATE_LIMITED,
                    CONTEXT_OVERFLOW, PARAM_REJECTED, INVALID_REQUEST, FILTERED, STREAM_CUT, EMPTY, LIMIT_EXCEEDED,
                    UNSUPPORTED, PROVIDER, CANCELLED, PLUGIN -> StageName.CHAT;
        };
    }
}
