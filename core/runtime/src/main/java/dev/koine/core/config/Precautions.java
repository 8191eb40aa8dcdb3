package dev.koine.core.config;

/**
 * What the user wants to be held back by.
 *
 * @param confirmHeavy whether a model that is tagged heavy is asked only after a yes
 * @param refuseTooLong whether a prompt is refused that is estimated to be longer than the context window
 */
public record Precautions(boolean confirmHeavy, boolean refuseTooLong) {
    /** Take none. */
    public static final Precautions NONE = new Precautions(false, false);
}
