package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the value of a key comes from.
 *
 * @param key the key, dotted, its parts quoted where TOML needs it
 * @param sources every layer that sets it, the one in effect first
 */
public record Explanation(String key, List<Source> sources) {
    public Explanation {
        requireNonNull(key, "key is null");
        sources = List.copyOf(sources);
    }

    /**
     * A layer's value.
     *
     * @param layer {@code environment}, {@code project}, {@code user}, {@code system}, {@code preset} or
     *     {@code built in}
     * @param file the file, or the variable's name for the environment; empty for presets and for what is
     *     built in
     * @param line the line, from 1; 0 where there is none
     * @param value the value
     */
    public record Source(String layer, Optional<Path> file, int line, Json value) {
        public Source {
            requireNonNull(layer, "layer is null");
            requireNonNull(file, "file is null");
            requireNonNull(value, "value is null");
        }
    }
}
