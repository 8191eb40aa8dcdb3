package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plugin as it lies in a folder.
 *
 * @param name its name
 * @param path the jar, or the folder of jars
 * @param jars its jars, in the order of their names
 * @param folder the plugins folder that it lies in; empty where it lies elsewhere, such as in the cache
 */
record PluginFile(String name, Path path, List<Path> jars, Optional<Path> folder) {

    PluginFile {
        jars = List.copyOf(jars);
    }

    /** What lies in the folders, and which of them cannot be read. */
    record Listing(List<PluginFile> files, List<DialectProblem> problems) {}

    /** Return what lies in these folders; one that does not exist is empty. */
    static Listing list(List<Path> folders) {
        var files = new ArrayList<PluginFile>();
        var problems = new ArrayList<DialectProblem>();
        for (Path folder : new LinkedHashSet<>(folders.stream().map(f -> f.toAbsolutePath().normalize()).toList())) {
            if (!Files.exists(folder)) {
                continue;
            }
            try {
                for (Path entry : entries(folder)) {
                    of(entry, Optional.of(folder)).ifPresent(files::add);
                }
            } catch (IOException | UncheckedIOException e) {
                problems.add(new DialectProblem(Kind.UNREADABLE, folder.getFileName() + "", Optional.of(folder),
                        "the plugins folder cannot be read: " + e.getMessage(), Optional.empty()));
            }
        }
        return new Listing(files, problems);
    }

    /** Return the plugin at {@code path}: a jar, or a folder that holds at least one. */
    static Optional<PluginFile> of(Path path) throws IOException {
        return of(path, Optional.empty());
    }

    private static Optional<PluginFile> of(Path path, Optional<Path> folder) throws IOException {
        String name = path.getFileName().toString();
        if (name.startsWith(".")) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path)) {
            return isJar(path)
                    ? Optional.of(new PluginFile(name.substring(0, name.length() - 4), path, List.of(path), folder))
                    : Optional.empty();
        }
        var jars = entries(path).stream().filter(PluginFile::isJar).toList();
        return jars.isEmpty() ? Optional.empty() : Optional.of(new PluginFile(name, path, jars, folder));
    }

    /**
     * Return the digest: SHA-256 of the jar, or, for a folder, of the lines {@code digest  name} of its jars in the
     * order of their names.
     *
     * @throws UnfitFileException if it lies in a plugins folder, and not in a safe way
     * @throws IOException if it cannot be read
     */
    String sha256() throws IOException {
        if (folder.isPresent()) {
            var problem = SafePlace.problem(this, folder.get());
            if (problem.isPresent()) {
                throw new UnfitFileException(problem.get());
            }
        }
        if (!Files.isDirectory(path)) {
            return copy(path, OutputStream.nullOutputStream());
        }
        var lines = new StringBuilder();
        for (Path jar : jars) {
            lines.append(copy(jar, OutputStream.nullOutputStream())).append("  ").append(jar.getFileName())
                    .append('\n');
        }
        return HexFormat.of().formatHex(sha().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Copy a file and return the SHA-256 of what was copied. */
    private static String copy(Path from, OutputStream to) throws IOException {
        var digest = sha();
        try (InputStream in = Files.newInputStream(from); var out = new DigestOutputStream(to, digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Say in words what an exception means that names no more than a path. */
    static String said(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return switch (e) {
            case AccessDeniedException denied -> "permission denied: " + message;
            case NoSuchFileException none -> "there is no " + message;
            case FileAlreadyExistsException taken -> "a file is in the way: " + message;
            default -> message;
        };
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar")
                && (Files.isRegularFile(path) || Files.isSymbolicLink(path) && !Files.exists(path));
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
