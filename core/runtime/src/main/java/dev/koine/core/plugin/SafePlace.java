package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a plugin lies where nobody but the user can put another in its place. Judged by mode bits, since a program
 * that runs as root may do anything; where there are none, such as on Windows, nothing is said.
 */
final class SafePlace {
    // POSIX, S_ISVTX: what lies in such a folder is renamed or removed by its owner only.
    private static final int STICKY = 01000;

    private SafePlace() {}

    /**
     * Return what is wrong with the place of a plugin.
     *
     * @param folder the plugins folder that it lies in
     */
    static Optional<DialectProblem> problem(PluginFile file, Path folder) throws IOException {
        Path home = folder.toRealPath();
        var places = new LinkedHashSet<Path>();
        places.add(file.path());
        places.addAll(file.jars());
        for (Path place : places) {
            if (!Files.exists(place)) {
                return Optional.of(link(file, place, "nowhere: " + Files.readSymbolicLink(place)));
            }
            Path real = place.toRealPath();
            if (!real.startsWith(home)) {
                return Optional.of(link(file, place, "out of the plugins folder: " + real));
            }
            var size = Files.isDirectory(real) ? Optional.<String>empty() : ArchiveCheck.size(Files.size(real));
            if (size.isPresent()) {
                return Optional.of(new DialectProblem(Kind.ARCHIVE, file.name(), Optional.of(file.path()),
                        place.getFileName() + " " + size.get(), Optional.of("remove what does not belong into a jar")));
            }
        }
        var open = new LinkedHashSet<Path>();
        if (othersWrite(home)) {
            open.add(home);
        }
        for (Path place : places) {
            if (othersWrite(place.toRealPath())) {
                open.add(place.toRealPath());
            }
        }
        for (Path above = home.getParent(); above != null; above = above.getParent()) {
            if (anyoneRenames(above)) {
                open.add(above);
            }
        }
        return open.isEmpty() ? Optional.empty()
                : Optional.of(new DialectProblem(Kind.WRITABLE, file.name(), Optional.of(file.path()),
                        "others may write to " + String.join(", ", open.stream().map(Path::toString).toList()),
                        Optional.of("chmod go-w " + String.join(" ", open.stream().map(SafePlace::quoted).toList()))));
    }

    private static DialectProblem link(PluginFile file, Path place, String where) {
        return new DialectProblem(Kind.LINK, file.name(), Optional.of(file.path()),
                place.getFileName() + " is a link that leads " + where,
                Optional.of("put the jar itself into the plugins folder"));
    }

    private static boolean othersWrite(Path path) throws IOException {
        if (!unix(path)) {
            return false;
        }
        var attributes = Files.readAttributes(path, PosixFileAttributes.class);
        var modes = attributes.permissions();
        return modes.contains(PosixFilePermission.OTHERS_WRITE)
                || modes.contains(PosixFilePermission.GROUP_WRITE) && !ofOneUser(attributes);
    }

    /** Return whether the group is the user's own, as many systems make one for each user. */
    private static boolean ofOneUser(PosixFileAttributes attributes) {
        String owner = attributes.owner().getName();
        return owner.equals(attributes.group().getName()) && !Set.of("root", "0").contains(owner);
    }

    private static boolean anyoneRenames(Path folder) throws IOException {
        if (!unix(folder)) {
            return false;
        }
        boolean sticky = ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        return !sticky && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean unix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Return a path as a shell reads it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w/.,:+@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
