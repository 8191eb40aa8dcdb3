package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts plugins into the user's folder and takes them out again, each as a whole or not at all. */
record Installation(PluginCatalog catalog, Path folder) {

    /**
     * Check a plugin and copy it into the folder, in place of one of the same name.
     *
     * @param source the jar, or the folder of jars
     * @param dryRun whether it is only checked
     * @return the plugin as it lies there; {@code REFUSED}, and not copied, if something is wrong with it
     */
    PluginInfo place(Path source, boolean dryRun) throws IOException {
        Path from = source.toAbsolutePath().normalize();
        var file = PluginFile.of(from.toRealPath()).map(real -> from);
        if (file.isEmpty() || PluginFile.of(from).isEmpty()) {
            return refused(from, Kind.UNREADABLE,
                    from.getFileName() + " is no plugin: a jar, or a folder that holds one",
                    "name the jar");
        }
        String name = PluginFile.of(from).orElseThrow().name();
        Path target = folder.resolve(from.getFileName().toString());
        var namesake = catalog.files().files().stream()
                .filter(other -> other.name().equals(name) && !other.path().equals(target)).findFirst();
        if (namesake.isPresent()) {
            return refused(from, Kind.DUPLICATE, "there is a plugin " + name + " already: "
                    + catalog.paths().show(namesake.get().path()), "koine plugins remove " + name);
        }
        // What is checked must be what is placed, so the copy comes first; a name with a dot is no plugin yet.
        Path parent = dryRun ? Files.createTempDirectory("koine-add-") : fresh();
        try {
            Path staged = parent.resolve(target.getFileName());
            copy(PluginFile.of(from).orElseThrow(), staged);
            var copy = PluginFile.of(staged).orElseThrow();
            var content = PluginContent.read(copy);
            if (!content.problems().isEmpty()) {
                return new PluginInfo(name, from, PluginInfo.State.REFUSED, PluginCatalog.digest(copy), content.form(),
                        content.version(), content.spiVersion(), List.of(), List.of(), Optional.empty(),
                        content.problems().stream().map(problem -> problem.at(from)).toList());
            }
            var lock = catalog.lock();
            if (dryRun) {
                return catalog.info(copy, lock, _ -> Optional.empty()).at(target,
                        lock.byFile(target).map(_ -> PluginCatalog.changed(copy)));
            }
            if (Files.isDirectory(target)) {
                Files.move(target, parent.resolve(".old"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return catalog.info(PluginFile.of(target).orElseThrow(), lock, _ -> Optional.empty());
        } finally {
            delete(parent);
        }
    }

    private Path fresh() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, ".add-");
    }

    private static void copy(PluginFile from, Path to) throws IOException {
        if (!Files.isDirectory(from.path())) {
            Files.copy(from.path(), to);
            return;
        }
        Files.createDirectory(to);
        for (Path jar : from.jars()) {
            Files.copy(jar, to.resolve(jar.getFileName().toString()));
        }
    }

    private static PluginInfo refused(Path from, Kind kind, String message, String fix) {
        String name = from.getFileName() + "";
        return PluginCatalog.refused(new PluginFile(name, from, List.of(), Optional.empty()), Optional.empty(),
                new DialectProblem(kind, name, Optional.of(from), message, Optional.of(fix)));
    }

    /** Delete a file, a folder with all that is in it, or a link. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
