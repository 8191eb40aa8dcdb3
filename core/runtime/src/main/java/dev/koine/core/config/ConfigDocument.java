package dev.koine.core.config;

import dev.koine.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A TOML text with positions. Immutable: an edit gives a new document. */
public final class ConfigDocument {
    private final Path file;
    private final String text;

    private ConfigDocument(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Read a document; syntax errors become {@link #problems()}. */
    public static ConfigDocument parse(Path file, String text) {
        return new ConfigDocument(file, text);
    }

    /** Return the syntax errors. */
    public List<ConfigProblem> problems() {
        return List.of();
    }

    /** Return the file. */
    public Path file() {
        return file;
    }

    /** Return the text. */
    public String text() {
        return text;
    }

    /** Return the content; what a syntax error spoils is missing. */
    public Json.Obj toJson() {
        return Json.EMPTY;
    }

    /** Return the value at a key, or empty. */
    public Optional<Json> get(List<String> key) {
        return Optional.empty();
    }

    /** Return where a key and its value stand, or empty. */
    public Optional<Position> positionOf(List<String> key) {
        return Optional.empty();
    }

    /** Return a copy in which {@code key} has {@code value}. */
    public ConfigDocument with(List<String> key, Json value) {
        return this;
    }

    /** Return a copy without {@code key}. */
    public ConfigDocument without(List<String> key) {
        return this;
    }

    /** Where a key and its value stand; lines and columns from 1. */
    public record Position(int keyLine, int keyColumn, int line, int column, int length, String sourceLine) {}
}
