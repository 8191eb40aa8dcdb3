package dev.koine.cli.problem;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a person or a program is told of something that went wrong: what, why, and the command that mends it.
 *
 * @param exit how the process ends
 * @param code stable, for programs; its first part is the kind
 * @param message what happened, in one line, without a full stop
 * @param why the likely cause, in one line
 * @param fix commands that mend it, most likely first
 * @param field the configuration key at fault
 * @param failure the endpoint's side of it
 */
public record Problem(ExitCode exit, String code, String message, Optional<String> why, List<String> fix,
        Optional<String> field, Optional<ProviderFailure> failure) {
    public Problem {
        requireNonNull(exit, "exit is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
        requireNonNull(why, "why is null");
        fix = List.copyOf(fix);
        requireNonNull(field, "field is null");
        requireNonNull(failure, "failure is null");
    }

    public static Builder builder(ExitCode exit, String code, String message) {
        return new Builder(exit, code, message);
    }

    /** Return a builder of a mistake in the command line. */
    public static Builder usage(String message) {
        return builder(ExitCode.USAGE, "usage", message);
    }

    /** Return the {@code error} member of the JSON output. */
    public Json.Obj toJson() {
        var json = Json.object().put("code", code).put("kind", code.replaceFirst("\\..*", ""))
                .put("exit", exit.code()).put("provider", text(failure.flatMap(ProviderFailure::provider)))
                .put("request", text(failure.flatMap(ProviderFailure::request)))
                .put("status", failure.isPresent() && failure.get().status().isPresent()
                        ? Json.of(failure.get().status().getAsInt()) : Json.NULL)
                .put("provider_code", text(failure.flatMap(ProviderFailure::providerCode)))
                .put("provider_type", text(failure.flatMap(ProviderFailure::providerType)))
                .put("provider_param", text(failure.flatMap(ProviderFailure::providerParam)))
                .put("provider_message", text(failure.flatMap(ProviderFailure::providerMessage)))
                .put("field", text(field)).put("message", message).put("why", text(why))
                .put("fix", Json.strings(fix)).put("request_id", text(failure.flatMap(ProviderFailure::requestId)))
                .put("retry_after_s", failure.flatMap(ProviderFailure::retryAfter)
                        .<Json>map(wait -> Json.of(wait.toMillis() / 1000.0)).orElse(Json.NULL));
        failure.flatMap(ProviderFailure::upstreamMessage).ifPresent(words -> json.put("upstream_message", words));
        return json.build();
    }

    private static Json text(Optional<String> text) {
        return text.<Json>map(Json::of).orElse(Json.NULL);
    }

    public CliException toException() {
        return new CliException(this);
    }

    /** Collects a problem. */
    public static final class Builder {
        private final ExitCode exit;
        private final String code;
        private final String message;
        private Optional<String> why = Optional.empty();
        private final List<String> fix = new ArrayList<>();
        private Optional<String> field = Optional.empty();
        private Optional<ProviderFailure> failure = Optional.empty();

        private Builder(ExitCode exit, String code, String message) {
            this.exit = exit;
            this.code = code;
            this.message = message;
        }

        public Builder why(String value) {
            why = Optional.of(value);
            return this;
        }

        public Builder fix(String... values) {
            fix.addAll(Arrays.asList(values));
            return this;
        }

        public Builder field(String value) {
            field = Optional.of(value);
            return this;
        }

        Builder failure(ProviderFailure value) {
            failure = Optional.of(value);
            return this;
        }

        public Problem build() {
            return new Problem(exit, code, message, why, fix, field, failure);
        }

        public CliException toException() {
            return build().toException();
        }
    }
}
