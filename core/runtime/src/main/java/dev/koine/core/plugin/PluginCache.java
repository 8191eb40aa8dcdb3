package dev.koine.core.plugin;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;

/**
 * Copies of plugins, each in a directory that is called by its digest. Plugins are loaded from here, so that a dropped
 * file is never locked, and one that is replaced while it runs is never read half old, half new. The digest is that of
 * the copy: what is loaded is what was trusted, whatever happened to the file in between. Nobody but the user may enter.
 */
record PluginCache(Path directory) {

    /**
     * Return the copy of a plugin whose digest is {@code sha256}, made when it is missing or spoilt.
     *
     * @return the copy; empty when the file has another digest by now
     */
    Optional<PluginFile> copy(PluginFile file, String sha256) throws IOException {
        Path home = directory.resolve(sha256);
        var old = inside(home, file);
        if (old.isPresent() && old.get().sha256().equals(sha256)) {
            return old;
        }
        delete(home);
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Path fresh = Files.createTempDirectory(directory, ".copy-");
        try {
            Path target = fresh.resolve(file.path().getFileName());
            if (Files.isDirectory(file.path())) {
                Files.createDirectory(target);
                for (Path jar : file.jars()) {
                    Files.copy(jar, target.resolve(jar.getFileName()));
                }
            } else {
                Files.copy(file.path(), target);
            }
            var copied = inside(fresh, file);
            if (copied.isEmpty() || !copied.get().sha256().equals(sha256)) {
                return Optional.empty();
            }
            try {
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
                // Another process was quicker; what it put there has the same digest.
            }
            return inside(home, file);
        } finally {
            delete(fresh);
        }
    }

    private static Optional<PluginFile> inside(Path home, PluginFile file) throws IOException {
        Path path = home.resolve(file.path().getFileName());
        return Files.exists(path) ? PluginFile.of(path) : Optional.empty();
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
