package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads failures out of answers, in whichever of the shapes that OpenAI-like services use. Total: whatever the bytes, it
 * returns a failure. Safe for use by several threads.
 */
public final class FailureReader {
    private static final int RAW_LIMIT = 2000;
    private static final int MESSAGE_LIMIT = 400;

    private final boolean hasKey;
    private final boolean hasVersion;
    private final InstantSource clock;

    private FailureReader(boolean hasKey, boolean hasVersion, InstantSource clock) {
        this.hasKey = hasKey;
        this.hasVersion = hasVersion;
        this.clock = clock;
    }

    /** Return a reader for the answers of one endpoint, which knows what was sent to it. */
    public static FailureReader of(ProviderConfig config) {
        return of(config, InstantSource.system());
    }

    /** Return the same by another clock. */
    static FailureReader of(ProviderConfig config, InstantSource clock) {
        requireNonNull(config, "config is null");
        return new FailureReader(config.apiKey().isPresent(), config.apiVersion().isPresent(), clock);
    }

    /** Read an answer that says no by its status, whatever its body. */
    public ProviderFailure read(Reply reply) {
        var json = reply.json();
        if (json.isPresent() && json.get().equals(Json.NULL)) {
            json = Optional.empty();
        }
        return json.or(() -> framed(reply))
                .map(body -> read(ErrorShape.read(body), OptionalInt.of(reply.status()), Optional.of(reply)))
                .orElseGet(() -> unreadable(reply));
    }

    /** Some services put their no in the form of the stream that was asked for: its first event tells. */
    private static Optional<Json> framed(Reply reply) {
        String text = reply.text().strip();
        if (!text.startsWith("data:") && !text.startsWith("event:") && !text.startsWith(":")
                && !text.startsWith("id:")) {
            return Optional.empty();
        }
        return text.lines().limit(100).filter(line -> line.startsWith("data:")).findFirst()
                .flatMap(line -> JsonTree.parse(line.substring("data:".length()).strip()));
    }

    /** Read an error out of an answer whose status says that all is well. */
    ProviderFailure read(WireError error, Reply reply) {
        return read(error, OptionalInt.of(reply.status()), Optional.of(reply));
    }

    /** Read an error out of a stream. */
    ProviderFailure read(WireError error) {
        return read(error, OptionalInt.empty(), Optional.empty());
    }

    private ProviderFailure read(WireError error, OptionalInt status, Optional<Reply> reply) {
        int effective = status.orElse(200) >= 400 ? status.orElse(200) : error.status().orElse(status.orElse(200));
        var rejected = Rejection.of(error.message(), error.code(), error.param());
        var verdict = mended(FailureRules.judge(effective, error, rejected), error);
        var failure = ProviderFailure.builder(verdict.kind())
                .message(error.message().filter(words -> !words.isBlank())
                        .map(words -> line(ErrorShape.words(words).orElse(words)))
                        .orElseGet(() -> said(status)));
        if (!verdict.field().isEmpty()) {
            failure.field(verdict.field());
        }
        status.ifPresent(failure::status);
        error.message().filter(words -> !words.isEmpty()).ifPresent(failure::providerMessage);
        error.code().ifPresent(failure::providerCode);
        error.type().ifPresent(failure::providerType);
        error.param().ifPresent(failure::providerParam);
        error.upstream().ifPresent(failure::upstreamMessage);
        error.generation().map(FailureReader::beginning).ifPresent(failure::raw);
        failure.filtered(error.filtered());
        reply.flatMap(FailureReader::requestId).or(error::requestId).ifPresent(failure::requestId);
        if (isPassing(verdict.kind())) {
            reply.flatMap(Delays::inHeaders).or(error::delay).or(() -> error.until().flatMap(this::wait))
                    .ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    /** A point in time that is over says nothing of how long to wait. */
    private Optional<Duration> wait(Instant until) {
        return Optional.of(Duration.between(clock.instant(), until)).filter(Duration::isPositive);
    }

    /** Without a key a refusal means that one is needed; a front door that finds nothing may lack the right version. */
    private FailureRules.Verdict mended(FailureRules.Verdict verdict, WireError error) {
        if (verdict.kind() == FailureKind.AUTH_REJECTED && !hasKey) {
            return new FailureRules.Verdict(FailureKind.AUTH_MISSING, "api-key");
        }
        if (verdict.kind() == FailureKind.WRONG_PATH && hasVersion
                && error.message().filter("Resource not found"::equals).isPresent()) {
            return new FailureRules.Verdict(FailureKind.WRONG_PATH, "api-version");
        }
        return verdict;
    }

    /** A page, plain text or nothing: the status tells the most, and words where there are any. */
    private ProviderFailure unreadable(Reply reply) {
        String text = reply.text();
        boolean page = Pages.isHtml(text);
        var verdict = page ? FailureRules.ofPage(reply.status(), text) : FailureRules.byStatus(reply.status());
        if (!page && !text.isBlank()) {
            verdict = FailureRules.judge(reply.status(), WireError.of(beginning(text)), Optional.empty());
        }
        verdict = mended(verdict, WireError.of(""));
        var failure = ProviderFailure.builder(verdict.kind()).status(reply.status())
                .message(page ? Pages.title(text).map(FailureReader::line).orElse("a web page instead of JSON")
                        : text.isBlank() ? said(OptionalInt.of(reply.status())) : line(text));
        if (!verdict.field().isEmpty()) {
            failure.field(verdict.field());
        }
        if (!text.isBlank()) {
            failure.raw(beginning(text));
        }
        requestId(reply).ifPresent(failure::requestId);
        if (isPassing(verdict.kind())) {
            Delays.inHeaders(reply).or(() -> Delays.inText(text)).ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    /** Read an answer whose status says that all is well and that is still no answer. */
    ProviderFailure unexpected(Reply reply, String wanted) {
        String text = reply.text();
        boolean page = Pages.isHtml(text);
        var failure = ProviderFailure.builder(page ? FailureKind.HTML : FailureKind.UNEXPECTED_ANSWER)
                .status(reply.status()).field("base-url").raw(beginning(text))
                .message(page ? Pages.title(text).map(title -> "a web page instead of JSON: " + line(title))
                        .orElse("a web page instead of JSON") : "the answer is no " + wanted);
        requestId(reply).ifPresent(failure::requestId);
        return failure.build();
    }

    private static boolean isPassing(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMITED, OVERLOADED, SERVER, PROVIDER -> true;
            default -> false;
        };
    }

    /** Return the id under which the service knows the request, by the headers that services use for it. */
    static Optional<String> requestId(Reply reply) {
        return Stream.of("x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "mistral-correlation-id",
                "x-kong-request-id", "x-amzn-requestid", "x-litellm-call-id", "x-portkey-trace-id", "x-generation-id",
                "cf-ray")
                .flatMap(name -> reply.header(name).stream()).filter(value -> !value.isBlank()).findFirst();
    }

    private static String said(OptionalInt status) {
        return status.isPresent() ? "the endpoint answered " + status.getAsInt() + " and said nothing"
                : "the endpoint reports an error and says nothing about it";
    }

    private static String line(String text) {
        String line = cut(text, MESSAGE_LIMIT * 2).strip().replaceAll("\\s+", " ");
        return cut(line, MESSAGE_LIMIT);
    }

    private static String beginning(String text) {
        return cut(text, RAW_LIMIT);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
