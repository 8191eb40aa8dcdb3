package dev.koine.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a home, so that a test can say that nothing changed. Locks and backups do not count. */
public final class HomeFiles {
    private HomeFiles() {}

    /** Return every file's text by its path. */
    public static Map<String, String> of(Path home) {
        try (var files = Files.walk(home)) {
            var texts = new TreeMap<String, String>();
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.startsWith(home.resolve("state")))
                    .toList()) {
                texts.put(home.relativize(file).toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String config(Path home) {
        return of(home).getOrDefault("config.toml", "");
    }

    public static void config(Path home, String text) {
        try {
            Files.writeString(home.resolve("config.toml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
