package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a dialect is.
 *
 * @param id the dialect's name in configuration: lower-case letters, digits and dashes, a letter first; unique in a host;
 *     {@code koine} and names that begin with {@code koine-} are reserved
 * @param summary one line about it, for lists
 * @param options the keys that it reads from the provider's {@code options} table, declared so that the engine can report
 *     unknown, missing and wrong ones before the dialect sees them
 * @param quirks the keys that it reads from the {@code quirks} tables of provider and model
 */
public record DialectDescriptor(String id, String summary, List<ConfigKey> options, List<ConfigKey> quirks) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public DialectDescriptor {
        requireNonNull(id, "id is null");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no dialect id: lower-case letters, digits, dashes");
        }
        requireNonNull(summary, "summary is null");
        options = List.copyOf(options);
        quirks = List.copyOf(quirks);
    }

    /** Return a descriptor of a dialect without keys of its own. */
    public static DialectDescriptor of(String id, String summary) {
        return new DialectDescriptor(id, summary, List.of(), List.of());
    }
}
