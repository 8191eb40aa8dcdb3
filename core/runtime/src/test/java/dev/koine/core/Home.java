package dev.koine.core;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.DialectSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person's folder with real files, and Koine opened on it. */
public final class Home {
    private final Path folder;
    private final Map<String, String> env = new HashMap<>();

    private Home(Path folder) {
        this.folder = folder;
    }

    public static Home in(Path folder) {
        return new Home(folder);
    }

    public Home config(String... lines) {
        return file("config.toml", lines);
    }

    public Home file(String name, String... lines) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Home env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public KoineOptions.Builder options() {
        return KoineOptions.builder().paths(KoinePaths.under(folder)).env(env).directory(folder);
    }

    public Koine open(DialectSource... sources) {
        return open(options().build(), sources);
    }

    public static Koine open(KoineOptions options, DialectSource... sources) {
        return Koine.open(options, List.of(sources));
    }
}
