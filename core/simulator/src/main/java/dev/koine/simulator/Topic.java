package dev.koine.simulator;

import static java.util.Objects.requireNonNull;

/**
 * A help text from which the {@code tutor} model answers.
 *
 * @param title the topic's short name, such as {@code keys}; never null
 * @param text the text, paragraphs parted by blank lines; never null
 */
public record Topic(String title, String text) {
    /** Refuse null components. */
    public Topic {
        requireNonNull(title, "title is null");
        requireNonNull(text, "text is null");
    }
}
