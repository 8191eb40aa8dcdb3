package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that went wrong, as a value: what kind, what was seen, which configuration key is at fault, what to do.
 *
 * @param kind what kind of thing went wrong
 * @param message what happened, in one line
 * @param why the likely cause, in one line
 * @param fix commands or steps that mend it, most likely first
 * @param field the configuration key at fault, such as {@code api-key}
 * @param provider the provider's id
 * @param request method and address of the request, with no secret in it
 * @param status the HTTP status
 * @param providerCode the endpoint's error code, as text
 * @param providerType the endpoint's error type, as text
 * @param providerParam the request field that the endpoint names, as text
 * @param providerMessage the endpoint's own words
 * @param upstreamMessage the words of the service behind a router, where it passes them on
 * @param requestId the id under which the service knows the request
 * @param retryAfter how long the service asks to wait
 * @param filtered categories that a content filter names
 * @param raw the beginning of the answer where it could not be read
 */
public record ProviderFailure(FailureKind kind, String message, Optional<String> why, List<String> fix,
        Optional<String> field, Optional<String> provider, Optional<String> request, OptionalInt status,
        Optional<String> providerCode, Optional<String> providerType, Optional<String> providerParam,
        Optional<String> providerMessage, Optional<String> upstreamMessage, Optional<String> requestId,
        Optional<Duration> retryAfter, List<String> filtered, Optional<String> raw) {
    public ProviderFailure {
        requireNonNull(kind, "kind is null");
        requireNonNull(message, "message is null");
        requireNonNull(why, "why is null");
        fix = List.copyOf(fix);
        requireNonNull(field, "field is null");
        requireNonNull(provider, "provider is null");
        requireNonNull(request, "request is null");
        requireNonNull(status, "status is null");
        requireNonNull(providerCode, "providerCode is null");
        requireNonNull(providerType, "providerType is null");
        requireNonNull(providerParam, "providerParam is null");
        requireNonNull(providerMessage, "providerMessage is null");
        requireNonNull(upstreamMessage, "upstreamMessage is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(retryAfter, "retryAfter is null");
        filtered = List.copyOf(filtered);
        requireNonNull(raw, "raw is null");
    }

    /** Return a builder of a failure of this kind. */
    public static Builder builder(FailureKind kind) {
        return new Builder(kind);
    }

    /** Return a failure of this kind with one line about it. */
    public static ProviderFailure of(FailureKind kind, String message) {
        return builder(kind).message(message).build();
    }

    /** Return this failure as an exception. */
    public ProviderFailureException toException() {
        return new ProviderFailureException(this);
    }

    /** Return a builder that starts with what this failure has. */
    public Builder toBuilder() {
        var builder = new Builder(kind);
        builder.message = message;
        builder.why = why;
        builder.fix = fix;
        builder.field = field;
        builder.provider = provider;
        builder.request = request;
        builder.status = status;
        builder.providerCode = providerCode;
        builder.providerType = providerType;
        builder.providerParam = providerParam;
        builder.providerMessage = providerMessage;
        builder.upstreamMessage = upstreamMessage;
        builder.requestId = requestId;
        builder.retryAfter = retryAfter;
        builder.filtered = filtered;
        builder.raw = raw;
        return builder;
    }

    /** Collects a failure. Not safe for use by several threads. */
    public static final class Builder {
        private FailureKind kind;
        private String message = "";
        private Optional<String> why = Optional.empty();
        private List<String> fix = List.of();
        private Optional<String> field = Optional.empty();
        private Optional<String> provider = Optional.empty();
        private Optional<String> request = Optional.empty();
        private OptionalInt status = OptionalInt.empty();
        private Optional<String> providerCode = Optional.empty();
        private Optional<String> providerType = Optional.empty();
        private Optional<String> providerParam = Optional.empty();
        private Optional<String> providerMessage = Optional.empty();
        private Optional<String> upstreamMessage = Optional.empty();
        private Optional<String> requestId = Optional.empty();
        private Optional<Duration> retryAfter = Optional.empty();
        private List<String> filtered = List.of();
        private Optional<String> raw = Optional.empty();

        private Builder(FailureKind kind) {
            this.kind = requireNonNull(kind, "kind is null");
        }

        /** Set what kind of thing went wrong. */
        public Builder kind(FailureKind value) {
            kind = requireNonNull(value, "kind is null");
            return this;
        }

        /** Set what happened. */
        public Builder message(String value) {
            message = requireNonNull(value, "message is null");
            return this;
        }

        /** Set the likely cause. */
        public Builder why(String value) {
            why = Optional.of(value);
            return this;
        }

        /** Set commands or steps that mend it. */
        public Builder fix(List<String> value) {
            fix = List.copyOf(value);
            return this;
        }

        /** Set the one command or step that mends it. */
        public Builder fix(String value) {
            return fix(List.of(value));
        }

        /** Set the configuration key at fault. */
        public Builder field(String value) {
            field = Optional.of(value);
            return this;
        }

        /** Set the provider's id. */
        public Builder provider(String value) {
            provider = Optional.of(value);
            return this;
        }

        /** Set method and address of the request. */
        public Builder request(String value) {
            request = Optional.of(value);
            return this;
        }

        /** Set the HTTP status. */
        public Builder status(int value) {
            status = OptionalInt.of(value);
            return this;
        }

        /** Set the endpoint's error code. */
        public Builder providerCode(String value) {
            providerCode = Optional.of(value);
            return this;
        }

        /** Set the endpoint's error type. */
        public Builder providerType(String value) {
            providerType = Optional.of(value);
            return this;
        }

        /** Set the request field that the endpoint names. */
        public Builder providerParam(String value) {
            providerParam = Optional.of(value);
            return this;
        }

        /** Set the endpoint's own words. */
        public Builder providerMessage(String value) {
            providerMessage = Optional.of(value);
            return this;
        }

        /** Set the words of the service behind a router. */
        public Builder upstreamMessage(String value) {
            upstreamMessage = Optional.of(value);
            return this;
        }

        /** Set the id under which the service knows the request. */
        public Builder requestId(String value) {
            requestId = Optional.of(value);
            return this;
        }

        /** Set how long the service asks to wait. */
        public Builder retryAfter(Duration value) {
            retryAfter = Optional.of(value);
            return this;
        }

        /** Set categories that a content filter names. */
        public Builder filtered(List<String> value) {
            filtered = List.copyOf(value);
            return this;
        }

        /** Set the beginning of the answer where it could not be read. */
        public Builder raw(String value) {
            raw = Optional.of(value);
            return this;
        }

        /** Return the failure. */
        public ProviderFailure build() {
            return new ProviderFailure(kind, message, why, fix, field, provider, request, status, providerCode,
                    providerType, providerParam, providerMessage, upstreamMessage, requestId, retryAfter, filtered,
                    raw);
        }
    }
}
