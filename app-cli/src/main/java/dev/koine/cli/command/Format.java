package dev.koine.cli.command;

/** The values of {@code -o}. */
public enum Format {
    TEXT, JSON, JSONL, NAME, CURL
}
