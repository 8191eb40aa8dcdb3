package dev.koine.cli;

/** The values of {@code -o}. */
enum Format {
    TEXT, JSON, JSONL, NAME, CURL
}
