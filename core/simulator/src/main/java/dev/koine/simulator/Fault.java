package dev.koine.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * Something that goes wrong with one request, ordered beforehand by {@link Simulator#script}. Events are counted as they
 * are written: chunks, and {@code [DONE]} where the dialect has it; comments do not count. A count beyond the answer's
 * last event has no effect. Where a count is given but the answer is no stream, it is cut or stalled in the middle of its
 * body.
 */
public sealed interface Fault {
    /** Let the request through unharmed. */
    static Fault none() {
        return new None();
    }

    /**
     * Answer with this and nothing else.
     *
     * @param status the HTTP status, 200 to 599
     * @param headers the headers, content type included; never null
     * @param body the body; never null
     */
    static Fault reply(int status, Map<String, String> headers, String body) {
        return new Fixed(status, headers, body);
    }

    /**
     * Answer 429 as the dialect's service words it, with {@code retry-after-ms} and {@code retry-after} (seconds, rounded
     * up).
     *
     * @param retryAfter the wait that is asked for, 0 or more; never null
     */
    static Fault rateLimited(Duration retryAfter) {
        return new RateLimited(retryAfter);
    }

    /** Answer 500 as the dialect's service words it. */
    static Fault serverError() {
        return new ServerError();
    }

    /**
     * Answer with a web page, as a proxy does.
     *
     * @param status the HTTP status, 200 to 599
     */
    static Fault html(int status) {
        return reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), """
                <!DOCTYPE html>
                <html>
                <head><title>Welcome</title></head>
                <body><h1>Welcome</h1><p>There is a web site here, and no API.</p></body>
                </html>
                """);
    }

    /** Close the connection without a single byte of an answer. */
    static Fault noAnswer() {
        return new NoAnswer();
    }

    /** Send nothing, no headers either, until {@link Simulator#release()}; then answer well. */
    static Fault silent() {
        return new Silent();
    }

    /**
     * Break the connection off after some events, without the end that HTTP demands.
     *
     * @param events the number of events to write before, 0 or more
     */
    static Fault cutAfter(int events) {
        return new CutAfter(events);
    }

    /**
     * Write nothing more after some events until {@link Simulator#release()}; then go on.
     *
     * @param events the number of events to write before, 0 or more
     */
    static Fault stallAfter(int events) {
        return new StallAfter(events);
    }

    /**
     * Write keep-alive comments and no event until {@link Simulator#release()}; then answer well.
     *
     * @param pause the pause between two comments, above 0; never null
     */
    static Fault keepAlives(Duration pause) {
        return new KeepAlives(pause);
    }

    /**
     * Write one event that is no JSON after some events, then go on.
     *
     * @param events the number of events to write before, 0 or more
     */
    static Fault garbageAfter(int events) {
        return new GarbageAfter(events);
    }

    /**
     * Write an error object as an event after some events and end the stream there, without {@code [DONE]}.
     *
     * @param events the number of events to write before, 0 or more
     */
    static Fault errorAfter(int events) {
        return new ErrorAfter(events);
    }

    /** Answer 200 and {@code text/event-stream}, and end without any event. */
    static Fault emptyStream() {
        return new EmptyStream();
    }

    /** Answer with a stream that holds {@code [DONE]} alone. */
    static Fault onlyDone() {
        return new OnlyDone();
    }

    /** Answer with one JSON reply although a stream was asked for. */
    static Fault plainReply() {
        return new PlainReply();
    }

    /**
     * Refuse a request that has this top-level field with OpenAI's 400; let any other request through.
     *
     * @param field the field's name, such as {@code stream_options}; never null
     */
    static Fault rejectLikeOpenAi(String field) {
        return new RejectLikeOpenAi(field);
    }

    /**
     * Refuse a request that has this top-level field with Mistral's 422 {@code extra_forbidden}; let any other request
     * through.
     *
     * @param field the field's name, such as {@code stream_options}; never null
     */
    static Fault rejectLikeMistral(String field) {
        return new RejectLikeMistral(field);
    }

    /** See {@link Fault#none()}. */
    record None() implements Fault {}

    /** See {@link Fault#reply}. */
    record Fixed(int status, Map<String, String> headers, String body) implements Fault {
        /** Refuse a status that is none. */
        public Fixed {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status is " + status + ", not 200 to 599");
            }
            headers = Map.copyOf(headers);
            requireNonNull(body, "body is null");
        }
    }

    /** See {@link Fault#rateLimited}. */
    record RateLimited(Duration retryAfter) implements Fault {
        /** Refuse a negative wait. */
        public RateLimited {
            if (retryAfter.isNegative()) {
                throw new IllegalArgumentException("retryAfter is negative");
            }
        }
    }

    /** See {@link Fault#serverError()}. */
    record ServerError() implements Fault {}

    /** See {@link Fault#noAnswer()}. */
    record NoAnswer() implements Fault {}

    /** See {@link Fault#silent()}. */
    record Silent() implements Fault {}

    /** See {@link Fault#cutAfter}. */
    record CutAfter(int events) implements Fault {
        /** Refuse a negative count. */
        public CutAfter {
            requireCount(events);
        }
    }

    /** See {@link Fault#stallAfter}. */
    record StallAfter(int events) implements Fault {
        /** Refuse a negative count. */
        public StallAfter {
            requireCount(events);
        }
    }

    /** See {@link Fault#keepAlives}. */
    record KeepAlives(Duration pause) implements Fault {
        /** Refuse a pause that is none. */
        public KeepAlives {
            if (!pause.isPositive()) {
                throw new IllegalArgumentException("pause is not above 0");
            }
        }
    }

    /** See {@link Fault#garbageAfter}. */
    record GarbageAfter(int events) implements Fault {
        /** Refuse a negative count. */
        public GarbageAfter {
            requireCount(events);
        }
    }

    /** See {@link Fault#errorAfter}. */
    record ErrorAfter(int events) implements Fault {
        /** Refuse a negative count. */
        public ErrorAfter {
            requireCount(events);
        }
    }

    /** See {@link Fault#emptyStream()}. */
    record EmptyStream() implements Fault {}

    /** See {@link Fault#onlyDone()}. */
    record OnlyDone() implements Fault {}

    /** See {@link Fault#plainReply()}. */
    record PlainReply() implements Fault {}

    /** See {@link Fault#rejectLikeOpenAi}. */
    record RejectLikeOpenAi(String field) implements Fault {
        /** Refuse null. */
        public RejectLikeOpenAi {
            requireNonNull(field, "field is null");
        }
    }

    /** See {@link Fault#rejectLikeMistral}. */
    record RejectLikeMistral(String field) implements Fault {
        /** Refuse null. */
        public RejectLikeMistral {
            requireNonNull(field, "field is null");
        }
    }

    private static void requireCount(int events) {
        if (events < 0) {
            throw new IllegalArgumentException("events is negative: " + events);
        }
    }
}
