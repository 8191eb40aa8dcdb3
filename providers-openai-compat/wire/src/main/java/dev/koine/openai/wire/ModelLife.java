package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an entry of a model list says about the model's life. A day on which it goes away tells more than one from which it
 * is advised against, and a day more than a word.
 */
final class ModelLife {
    private static final List<String> RETIRED_ON = List.of("shutdown_date", "shutdown_at", "retirement_date",
            "retires_at", "retired_at", "sunset_date", "sunset_at", "expiration_date", "end_of_life",
            "eol_date", "deprecation.inference", "deprecation.date", "model_spec.deprecation.date",
            "lifecycle.retirement_date", "lifecycle.shutdown_date");
    private static final List<String> DEPRECATED_ON = List.of("deprecation_date", "deprecated_at", "deprecated_on",
            "deprecation", "deprecated", "model_info.deprecation_date", "lifecycle.deprecation_date");
    private static final List<String> STATUS = List.of("lifecycle_status", "lifecycle.status", "modelLifecycle.status",
            "lifecycle", "lifecycle_stage", "status");
    private static final List<String> FLAGS = List.of("deprecated", "is_deprecated", "deprecation.deprecated");
    private static final List<String> REPLACEMENTS = List.of("deprecation_replacement_model", "replacement_model",
            "replacement", "replaced_by", "successor", "deprecation.replacement");
    private static final Set<String> RETIRED = Set.of("retired", "shutdown", "sunset", "discontinued", "end-of-life",
            "eol", "decommissioned");
    private static final Set<String> DEPRECATED = Set.of("deprecated", "deprecating", "legacy", "retiring");

    private ModelLife() {}

    static Optional<Lifecycle> read(Json.Obj entry) {
        return dated(entry, RETIRED_ON, "retired").or(() -> dated(entry, DEPRECATED_ON, "deprecated"))
                .or(() -> status(entry).map(word -> life(entry, word, Optional.empty())));
    }

    private static Optional<Lifecycle> dated(Json.Obj entry, List<String> paths, String status) {
        return paths.stream().flatMap(path -> ModelFacts.at(entry, path).stream())
                .flatMap(value -> day(value).stream()).findFirst().map(day -> life(entry, status, Optional.of(day)));
    }

    private static Lifecycle life(Json.Obj entry, String status, Optional<LocalDate> on) {
        var replacement = REPLACEMENTS.stream().flatMap(path -> ModelFacts.at(entry, path).stream())
                .flatMap(value -> value instanceof Json.Str(var text) && !text.isBlank() ? Stream.of(text)
                        : Stream.empty())
                .findFirst();
        return new Lifecycle(status, on, replacement, Optional.empty());
    }

    /** Words for a model that serves as ever say nothing worth a notice. */
    private static Optional<String> status(Json.Obj entry) {
        var words = STATUS.stream().flatMap(path -> ModelFacts.at(entry, path).stream())
                .flatMap(value -> value instanceof Json.Str(var text)
                        ? Stream.of(text.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-'))
                        : Stream.empty())
                .toList();
        if (words.stream().anyMatch(RETIRED::contains)) {
            return Optional.of("retired");
        }
        boolean flagged = FLAGS.stream().flatMap(path -> ModelFacts.at(entry, path).stream())
                .anyMatch(new Json.Bool(true)::equals);
        return flagged || words.stream().anyMatch(DEPRECATED::contains) ? Optional.of("deprecated")
                : Optional.empty();
    }

    /** Return a date, the day of a point in time, or that of seconds or milliseconds since 1970. */
    private static Optional<LocalDate> day(Json value) {
        try {
            return switch (value) {
                case Json.Str(var text) when text.length() >= 10 && Character.isDigit(text.charAt(0)) -> Optional
                        .of(LocalDate.parse(text.substring(0, 10).replace('/', '-')));
                case Json.Num number when number.asLong().orElse(0) > 0 -> {
                    long time = number.asLong().orElse(0);
                    yield Optional.of(Instant.ofEpochSecond(time > 100_000_000_000L ? time / 1000 : time)
                            .atOffset(ZoneOffset.UTC).toLocalDate());
                }
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
