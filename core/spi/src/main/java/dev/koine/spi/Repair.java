package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;

/**
 * A setting that would mend a rejected request. The engine applies it, repeats the request once, and tells the user the
 * command that makes it permanent.
 *
 * @param setting the key below the provider or model: {@code quirks.KEY}, {@code drop} (an array of body fields to leave
 *     out, added to those already there) or {@code rename} (an object, likewise)
 * @param value its new value
 * @param level whether it belongs to the provider or to the model alone
 * @param reason what the endpoint said, in a few words
 */
public record Repair(String setting, Json value, Level level, String reason) {
    public Repair {
        requireNonNull(setting, "setting is null");
        requireNonNull(value, "value is null");
        requireNonNull(level, "level is null");
        requireNonNull(reason, "reason is null");
    }

    /** Where a setting belongs. Further constants may be added in a minor version. */
    public enum Level {
        /** To the provider: all of its models share it. */
        PROVIDER,
        /** To the model alone. */
        MODEL
    }
}
