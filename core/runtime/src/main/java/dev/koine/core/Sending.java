package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.Defaults;
import dev.koine.core.config.Durations;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.config.Retries;
import dev.koine.core.config.TlsSettings;
import dev.koine.core.secret.SecretException;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.ClientCertificate;
import dev.koine.core.transport.HttpAnswer;
import dev.koine.core.transport.RetryAfter;
import dev.koine.core.transport.RetryPolicy;
import dev.koine.core.transport.SendOptions;
import dev.koine.core.transport.Tls;
import dev.koine.core.transport.Transport;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.SecretRef;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Carries one operation's calls to an endpoint: with its limits, its retries, and its failures read by the dialect and
 * explained. An operation is sent until an answer below 400 comes or no retry is left.
 */
final class Sending {
    private static final int USUAL_RETRIES = 2;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Connection connection;
    private final HttpDialect dialect;
    private final SendOptions options;
    private final SendOptions whole;
    private final RetryPolicy policy;
    private final Cancellation cancellation;
    private final CallOptions call;
    private final FailureAdvice advice;
    private final Clock clock;
    private int attempt = 1;
    private RetryPolicy.Wish wish = RetryPolicy.Wish.NONE;

    Sending(Transport transport, Connection connection, HttpDialect dialect, Defaults defaults, KoinePaths paths,
            CallOptions call,
            Cancellation cancellation, FailureAdvice advice) {
        this.transport = requireNonNull(transport, "transport is null");
        this.connection = requireNonNull(connection, "connection is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.call = requireNonNull(call, "call is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        this.advice = requireNonNull(advice, "advice is null");
        this.clock = Clock.systemUTC();
        var settings = connection.entry().settings();
        this.options = options(settings, defaults, paths);
        this.whole = options.toBuilder().stream(false).build();
        Retries retries = settings.retries().over(defaults.retries());
        this.policy = new RetryPolicy(attempts(call.retries(), retries.maxAttempts()),
                call.maxWait().or(retries::maxWait).orElse(USUAL_WAIT), retries.respectRetryAfter().orElse(true),
                RandomGenerator.getDefault());
    }

    private static int attempts(OptionalInt asked, OptionalInt configured) {
        return asked.isPresent() ? asked.getAsInt() + 1 : configured.orElse(USUAL_RETRIES + 1);
    }

    /** Return how requests to a provider are sent. */
    static SendOptions options(ProviderSettings settings, Defaults defaults, KoinePaths paths) {
        var timeouts = settings.timeouts().over(defaults.timeouts());
        var builder = SendOptions.builder()
                .tls(tls(settings.tls(), paths))
                .allowHttp(settings.allowHttp().orElse(false));
        timeouts.connect().ifPresent(builder::connect);
        timeouts.firstToken().ifPresent(builder::firstToken);
        timeouts.idle().ifPresent(builder::idle);
        timeouts.total().ifPresent(builder::total);
        settings.proxy().ifPresent(builder::proxy);
        settings.proxyAuth().map(SecretRef::new).ifPresent(builder::proxyAuth);
        return builder.build();
    }

    private static Tls tls(TlsSettings settings, KoinePaths paths) {
        var client = settings.clientCert().map(file -> new ClientCertificate(paths.besideConfig(file),
                settings.clientKey().map(paths::besideConfig), settings.clientPassword().map(SecretRef::new)));
        return new Tls(settings.caFile().map(paths::besideConfig), settings.insecure(), client);
    }

    /**
     * Send a call once.
     *
     * @param stream whether the answer comes in pieces: one that comes as a whole has no first token
     * @return the answer, its status below 400
     * @throws ProviderFailureException if no answer came, or one that says no
     */
    HttpAnswer once(HttpCall httpCall, boolean stream) {
        connection.config().baseUrl().ifPresent(base -> Transport.requireOrigin(httpCall, base.origin()));
        wish = RetryPolicy.Wish.NONE;
        var answer = sent(httpCall, stream ? options : whole);
        if (answer.status() < 400) {
            return answer;
        }
        try (answer) {
            wish = RetryPolicy.Wish.of(answer.headers());
            var reply = answer.readAll();
            var failure = dialect.decodeFailure(reply).toBuilder().status(answer.status());
            answer.requestId().ifPresent(failure::requestId);
            var read = failure.build();
            if (read.retryAfter().isEmpty()) {
                RetryAfter.of(answer.headers(), clock.instant())
                        .or(() -> read.kind() == FailureKind.RATE_LIMITED
                                ? RetryAfter.untilReset(answer.headers(), clock.instant())
                                : Optional.empty())
                        .ifPresent(failure::retryAfter);
            }
            throw failure.request(transport.requestLine(httpCall)).build().toException();
        }
    }

    /** A key that is not there is told like one that the endpoint misses, with what there is to do about it. */
    private HttpAnswer sent(HttpCall httpCall, SendOptions limits) {
        try {
            return transport.send(httpCall, limits, cancellation);
        } catch (SecretException e) {
            if (e.kind() == SecretException.Kind.MISSING || e.kind() == SecretException.Kind.EMPTY) {
                throw ProviderFailure.of(FailureKind.AUTH_MISSING, "no key").toBuilder()
                        .why(e.getMessage()).request(transport.requestLine(httpCall)).build().toException();
            }
            throw e;
        }
    }

    /**
     * Wait before another attempt.
     *
     * @return whether there is to be one; false when the failure is final
     */
    boolean waitForRetry(ProviderFailure failure) {
        var delay = policy.delay(failure, attempt, wish);
        if (delay.isEmpty()) {
            return false;
        }
        attempt++;
        call.notices().accept(Notice.of(advice.headline(failure, connection.entry()) + "; trying again in "
                + Durations.words(delay.get()) + " (attempt " + attempt + ")"));
        var cancelled = new CountDownLatch(1);
        try (var _ = cancellation.onCancel(cancelled::countDown)) {
            if (cancelled.await(delay.get().toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProviderFailure.of(FailureKind.CANCELLED, "cancelled").toException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderFailure.of(FailureKind.CANCELLED, "interrupted").toException();
        }
        return true;
    }

    /** Send a call whose answer comes as a whole, and again while it fails in a way that may pass. */
    HttpAnswer withRetries(HttpCall httpCall) {
        while (true) {
            try {
                return once(httpCall, false);
            } catch (ProviderFailureException e) {
                if (!waitForRetry(e.failure())) {
                    throw e;
                }
            }
        }
    }
}
