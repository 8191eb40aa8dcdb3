package dev.koine.api;

import java.util.Locale;

/** How an answer ended. Further constants may be added in a minor version. */
public enum Outcome {
    /** The answer is whole. */
    COMPLETE,
    /** The model asks for tool calls. */
    TOOL_CALLS,
    /** The answer was cut by the token limit. */
    LENGTH,
    /** A content filter withheld the answer or a part of it. */
    FILTERED,
    /** The model refused. */
    REFUSED,
    /** The stream ended without saying why. */
    INCOMPLETE,
    /** The caller cancelled. */
    CANCELLED,
    /** It failed, perhaps after some content. */
    ERROR;

    /** Return the name used in JSON output, such as {@code tool_calls}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
