package com.example.ollama;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Frame;
import dev.koine.spi.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what goes wrong. Ollama sends {@code {"error": "text"}}; what stands in front of it may send anything.
 *
 * @param hasKey whether a key was sent
 */
record Failures(boolean hasKey) {
    private static final int RAW_LIMIT = 2000;
    private static final int LINE_LIMIT = 400;

    /** What an error means, and the setting at fault. */
    private record Verdict(FailureKind kind, Optional<String> field) {
        static Verdict of(FailureKind kind) {
            return new Verdict(kind, Optional.empty());
        }

        static Verdict of(FailureKind kind, String field) {
            return new Verdict(kind, Optional.of(field));
        }
    }

    /** Read an answer whose status is 400 or above, whatever its body. */
    ProviderFailure read(Reply reply) {
        Optional<String> said = reply.json().flatMap(Failures::words);
        String text = said.orElseGet(reply::text);
        boolean page = said.isEmpty() && isPage(text);
        Verdict verdict = page && reply.status() == 404
                ? Verdict.of(FailureKind.HTML, "base-url")
                : judge(reply.status(), page ? "" : text);
        var failure = builder(verdict, page || text.isBlank()
                ? "the endpoint answered " + reply.status() + " and said nothing"
                : text).status(reply.status());
        said.ifPresent(failure::providerMessage);
        if (said.isEmpty() && !text.isBlank()) {
            failure.raw(cut(text, RAW_LIMIT));
        }
        if (verdict.kind() == FailureKind.RATE_LIMITED || verdict.kind() == FailureKind.OVERLOADED) {
            reply.header("retry-after").filter(value -> value.matches("\\d{1,6}"))
                    .ifPresent(seconds -> failure.retryAfter(Duration.ofSeconds(Long.parseLong(seconds))));
        }
        return failure.build();
    }

    /** Read the error of an answer that began well. */
    ProviderFailure inAnswer(Json.Obj line) {
        String said = words(line).orElse("the endpoint reports an error and says nothing about it");
        int status = line.get("status").orElse(Json.NULL) instanceof Json.Num number
                ? (int) number.asLong().orElse(0)
                : 0;
        Verdict verdict = judge(status, said);
        return builder(verdict.kind() == FailureKind.INVALID_REQUEST ? Verdict.of(FailureKind.PROVIDER) : verdict, said)
                .providerMessage(said).build();
    }

    /** Say that an answer whose status is good is none. */
    ProviderFailure unexpected(Reply reply, String wanted) {
        if (reply.json().orElse(Json.NULL) instanceof Json.Obj object && object.get("error").isPresent()) {
            return inAnswer(object).toBuilder().status(reply.status()).build();
        }
        String text = reply.text();
        if (text.isBlank()) {
            return ProviderFailure.builder(FailureKind.EMPTY).message("the answer is empty").status(reply.status())
                    .build();
        }
        return unexpected(text, wanted).toBuilder().status(reply.status()).build();
    }

    ProviderFailure unexpected(Frame frame) {
        return unexpected(frame.text(), "line of a chat answer");
    }

    private static ProviderFailure unexpected(String text, String wanted) {
        boolean page = isPage(text);
        return ProviderFailure.builder(page ? FailureKind.HTML : FailureKind.UNEXPECTED_ANSWER)
                .message(page ? "a web page instead of JSON" : "the answer is no " + wanted).field("base-url")
                .raw(cut(text, RAW_LIMIT)).build();
    }

    private static ProviderFailure.Builder builder(Verdict verdict, String message) {
        var failure = ProviderFailure.builder(verdict.kind())
                .message(cut(cut(message, 2 * LINE_LIMIT).strip().replaceAll("\\s+", " "), LINE_LIMIT));
        verdict.field().ifPresent(failure::field);
        return failure;
    }

    /** The words are those of Ollama's server; the status decides where none of them fits. */
    private Verdict judge(int status, String said) {
        String words = said.toLowerCase(Locale.ROOT);
        if (words.contains("try pulling it") || words.matches("(?s).*\\bmodel\\b.{0,200}\\bnot found\\b.*")) {
            return Verdict.of(FailureKind.MODEL_UNKNOWN, "model");
        }
        if (words.contains("exceeded max context length") || words.contains("exceeds maximum context length")
                || words.contains("input length exceeds the context length")) {
            return Verdict.of(FailureKind.CONTEXT_OVERFLOW);
        }
        if (words.contains("does not support") || words.contains("think value")) {
            return Verdict.of(FailureKind.PARAM_REJECTED);
        }
        if (words.contains("server busy")) {
            return Verdict.of(FailureKind.OVERLOADED);
        }
        return byStatus(status);
    }

    private Verdict byStatus(int status) {
        return switch (status) {
            case 0 -> Verdict.of(FailureKind.PROVIDER);
            case 401 -> Verdict.of(hasKey ? FailureKind.AUTH_REJECTED : FailureKind.AUTH_MISSING, "api-key");
            case 402 -> Verdict.of(FailureKind.QUOTA);
            case 403 -> Verdict.of(FailureKind.FORBIDDEN, "api-key");
            case 404, 405 -> Verdict.of(FailureKind.WRONG_PATH, "base-url");
            case 429 -> Verdict.of(FailureKind.RATE_LIMITED);
            case 503 -> Verdict.of(FailureKind.OVERLOADED);
            default -> Verdict.of(status >= 500 ? FailureKind.SERVER : FailureKind.INVALID_REQUEST);
        };
    }

    private static Optional<String> words(Json body) {
        if (!(body instanceof Json.Obj object)) {
            return Optional.empty();
        }
        return object.text("error").or(() -> object.object("error").flatMap(inner -> inner.text("message")))
                .filter(text -> !text.isBlank());
    }

    private static boolean isPage(String text) {
        String start = cut(text.stripLeading(), 20).toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype") || start.startsWith("<html");
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
