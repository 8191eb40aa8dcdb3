package dev.koine.core.plugin;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * The record of the plugins that the user trusts, a TOML file that only the user can write. Look-ups and lists read
 * nothing else of a plugin.
 *
 * @param plugins the plugins, in the order of the file
 * @param problems what is wrong with the file; then it trusts nobody
 */
record PluginsLock(List<TrustedPlugin> plugins, List<DialectProblem> problems) {
    private static final int SCHEMA = 1;
    private static final PluginsLock EMPTY = new PluginsLock(List.of(), List.of());

    PluginsLock {
        plugins = List.copyOf(plugins);
        problems = List.copyOf(problems);
    }

    /** Read a lock; one that does not exist trusts nobody. */
    static PluginsLock read(Path file) {
        try {
            if (!Files.exists(file)) {
                return EMPTY;
            }
            if (writableByOthers(file)) {
                return refused(file, "others may write to it, so nothing in it counts", "chmod 600 " + file);
            }
            var toml = Toml.parse(Files.readString(file));
            if (toml.hasErrors()) {
                var error = toml.errors().getFirst();
                return refused(file, "line " + error.position().line() + ": " + error.getMessage(), retrust(file));
            }
            if (!(toml.get("schema-version") instanceof Long version) || version != SCHEMA) {
                return refused(file, "it was written by another version of Koine", retrust(file));
            }
            var plugins = new ArrayList<TrustedPlugin>();
            if (toml.get("plugin") instanceof TomlArray tables) {
                for (int i = 0; i < tables.size(); i++) {
                    plugins.add(plugin((TomlTable) tables.get(i)));
                }
            }
            return new PluginsLock(plugins, List.of());
        } catch (IOException e) {
            return refused(file, "it cannot be read: " + e.getMessage(), retrust(file));
        } catch (ClassCastException | IllegalArgumentException | DateTimeParseException e) {
            return refused(file, "an entry in it is incomplete", retrust(file));
        }
    }

    /** What is done to the lock while no other process changes it. */
    interface Work<T> {
        T on(PluginsLock lock) throws IOException;
    }

    /**
     * Read a lock and change it, alone.
     *
     * @param file the lock
     */
    static <T> T change(KoinePaths paths, Path file, Work<T> work) throws IOException {
        Files.createDirectories(paths.locksDir());
        try (var channel = FileChannel.open(paths.locksDir().resolve("plugins"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            channel.lock();
            return work.on(read(file));
        } catch (OverlappingFileLockException e) {
            throw new IOException("another change of the plugins is under way; try again", e);
        }
    }

    /** Return a copy in which {@code plugin} stands instead of those at its place and those with its digest. */
    PluginsLock with(TrustedPlugin plugin) {
        var kept = new ArrayList<TrustedPlugin>();
        for (var other : plugins) {
            if (!other.file().equals(plugin.file()) && !other.sha256().equals(plugin.sha256())) {
                kept.add(other);
            }
        }
        kept.add(plugin);
        return new PluginsLock(kept, problems);
    }

    /** Return a copy without the plugins at {@code file} and those with the digest {@code sha256}. */
    PluginsLock without(Path file, Optional<String> sha256) {
        return new PluginsLock(plugins.stream().filter(plugin -> !plugin.file().equals(file)
                && !sha256.equals(Optional.of(plugin.sha256()))).toList(), problems);
    }

    Optional<TrustedPlugin> byDigest(String sha256) {
        return plugins.stream().filter(plugin -> plugin.sha256().equals(sha256)).findFirst();
    }

    Optional<TrustedPlugin> byFile(Path file) {
        return plugins.stream().filter(plugin -> plugin.file().equals(file)).findFirst();
    }

    /** Write this lock: as a whole or not at all, for the user's eyes only. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".plugins-", ".lock");
        try {
            if (posix(fresh)) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = java.nio.ByteBuffer.wrap(toToml().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private String toToml() {
        var out = new StringBuilder(
                "# Written by \"koine plugins\". A plugin runs only while it has the digest that"
                        + " stands here.\nschema-version = " + SCHEMA + "\n");
        for (var plugin : plugins) {
            out.append("\n[[plugin]]\n");
            line(out, "name", plugin.name());
            line(out, "file", plugin.file().toString());
            line(out, "sha256", plugin.sha256());
            line(out, "form", plugin.form().id());
            plugin.version().ifPresent(version -> line(out, "version", version));
            plugin.spiVersion().ifPresent(version -> line(out, "spi-version", version));
            line(out, "trusted-at", plugin.trustedAt().toString());
            if (!plugin.enabled()) {
                out.append("enabled = false\n");
            }
            out.append("presets = [");
            out.append(String.join(", ", plugin.presets().stream().map(PluginsLock::quoted).toList())).append("]\n");
            for (var dialect : plugin.dialects()) {
                out.append("\n[[plugin.dialect]]\n");
                line(out, "id", dialect.id());
                line(out, "summary", dialect.summary());
            }
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(key).append(" = ").append(quoted(value)).append('\n');
    }

    /** Return {@code text} as a TOML basic string. */
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                out.append(String.format("\\u%04X", c));
            } else {
                out.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
            }
        });
        return out.append('"').toString();
    }

    private static TrustedPlugin plugin(TomlTable table) {
        var dialects = new ArrayList<TrustedPlugin.Dialect>();
        if (table.get("dialect") instanceof TomlArray tables) {
            for (int i = 0; i < tables.size(); i++) {
                var dialect = (TomlTable) tables.get(i);
                dialects.add(new TrustedPlugin.Dialect(text(dialect, "id"), text(dialect, "summary")));
            }
        }
        var presets = new ArrayList<String>();
        if (table.get("presets") instanceof TomlArray ids) {
            for (int i = 0; i < ids.size(); i++) {
                presets.add((String) ids.get(i));
            }
        }
        String form = text(table, "form");
        return new TrustedPlugin(text(table, "name"), Path.of(text(table, "file")), text(table, "sha256"),
                Arrays.stream(PluginInfo.Form.values()).filter(value -> value.id().equals(form)).findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                optional(table, "version"), optional(table, "spi-version"), dialects, presets,
                Instant.parse(text(table, "trusted-at")), !Boolean.FALSE.equals(table.get("enabled")));
    }

    private static String text(TomlTable table, String key) {
        return optional(table, key).orElseThrow(IllegalArgumentException::new);
    }

    private static Optional<String> optional(TomlTable table, String key) {
        return Optional.ofNullable((String) table.get(List.of(key)));
    }

    private static PluginsLock refused(Path file, String message, String fix) {
        return new PluginsLock(List.of(), List.of(new DialectProblem(Kind.UNREADABLE, file.getFileName() + "",
                Optional.of(file), message, Optional.of(fix))));
    }

    private static String retrust(Path file) {
        return "remove " + file + " and trust your plugins again: koine plugins trust NAME";
    }

    private static boolean writableByOthers(Path file) throws IOException {
        if (!posix(file)) {
            return false;
        }
        var modes = Files.getPosixFilePermissions(file);
        return modes.contains(PosixFilePermission.GROUP_WRITE) || modes.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
