package dev.koine.cli.terminal;

/** The values of {@code --color}. */
public enum ColorWhen {
    AUTO, ALWAYS, NEVER
}
