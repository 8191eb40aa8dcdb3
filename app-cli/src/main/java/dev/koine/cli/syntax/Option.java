package dev.koine.cli.syntax;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * An option of a command.
 *
 * @param names what it is called, such as {@code -m} and {@code --model}
 * @param label what its value is called in help; empty for an option without a value
 * @param otherwise what stands in for a value that is left out; only a whole number may be
 * @param text what it does, in one line
 * @param isHidden whether help is silent about it, since another option's text speaks of it
 */
public record Option(List<String> names, Optional<String> label, Optional<String> otherwise, String text,
        boolean isHidden) {
    public Option {
        names = List.copyOf(names);
        requireNonNull(label, "label is null");
        requireNonNull(otherwise, "otherwise is null");
        requireNonNull(text, "text is null");
    }

    /** Return an option without a value; {@code names} are written as help shows them, {@code "-y, --yes"}. */
    static Option flag(String names, String text) {
        return new Option(List.of(names.split(", ")), Optional.empty(), Optional.empty(), text, false);
    }

    /** Return an option without a value that help does not list. */
    static Option hidden(String names, String text) {
        return new Option(List.of(names.split(", ")), Optional.empty(), Optional.empty(), text, true);
    }

    /** Return an option with a value. */
    static Option value(String names, String label, String text) {
        return new Option(List.of(names.split(", ")), Optional.of(label), Optional.empty(), text, false);
    }

    /** Return an option whose value, a whole number, may be left out. */
    static Option optionalNumber(String names, String label, String otherwise, String text) {
        return new Option(List.of(names.split(", ")), Optional.of("[" + label + "]"), Optional.of(otherwise), text,
                false);
    }

    public boolean hasValue() {
        return label.isPresent();
    }

    /** Return the name that messages use. */
    String longName() {
        return names.getLast();
    }
}
