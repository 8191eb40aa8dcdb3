package dev.koine.cli;

/** The values of {@code --color}. */
enum ColorWhen {
    AUTO, ALWAYS, NEVER
}
