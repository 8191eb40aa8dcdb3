package dev.koine.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Small text files that several processes may change: read with clear words for what can go wrong, changed under a lock,
 * replaced as a whole, readable by their owner alone. Mode bits are checked as well as access, so that what they forbid is
 * refused to the superuser too. Safe for use by several threads and processes.
 */
public final class SafeFile {
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int BACKUPS = 5;
    private static final int MAX_SYMLINKS = 40;

    private final KoinePaths paths;
    private final Path file;
    private final boolean keepsBackups;

    private SafeFile(KoinePaths paths, Path file, boolean keepsBackups) {
        this.paths = requireNonNull(paths, "paths is null");
        this.file = file.toAbsolutePath().normalize();
        this.keepsBackups = keepsBackups;
    }

    /** Return a file; locks lie in the state directory of {@code paths}. */
    public static SafeFile of(KoinePaths paths, Path file) {
        return new SafeFile(paths, file, false);
    }

    /** Return the same file, of which the last five versions are kept in the state directory. */
    public SafeFile withBackups() {
        return new SafeFile(paths, file, true);
    }

    /**
     * Return the text, or empty when there is no such file.
     *
     * @throws InvalidConfigException if there is something that cannot be read as text
     */
    public Optional<String> read() {
        try {
            checkReadable();
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw problem(file + " is not UTF-8 text", "save it as UTF-8");
        } catch (AccessDeniedException e) {
            throw problem("this file cannot be read: no permission", "ls -ld " + paths.quote(directoryOf(file)) + " "
                    + paths.quote(file) + "      shows who may");
        } catch (IOException e) {
            throw problem("this file cannot be read: " + reason(e), "ls -ld " + paths.quote(file));
        }
    }

    /**
     * Change the text under a lock that holds in every process, and replace the file as a whole: a reader sees the old text
     * or the new one, never a part. A symbolic link stays one. Nothing is written when {@code change} returns an equal text.
     *
     * @param change gets the text, empty when there is no file
     * @return the text that stands in the file afterwards
     * @throws InvalidConfigException if the file cannot be read or written
     */
    public String edit(UnaryOperator<String> change) {
        IN_THIS_PROCESS.lock();
        try {
            Path real = realFile();
            Path lock = paths.locksDir().resolve(lockName(real));
            prepare(real);
            prepare(lock);
            try (var channel = FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    mode("rw-------"));
                    var held = channel.lock()) {
                requireNonNull(held, "held is null");
                String before = read().orElse("");
                String after = change.apply(before);
                if (!after.equals(before)) {
                    if (keepsBackups && Files.exists(real)) {
                        backUp(real);
                    }
                    replace(real, after);
                }
                return after;
            }
        } catch (AccessDeniedException e) {
            Path denied = directoryOf(e.getFile() == null ? file : Path.of(e.getFile()));
            throw problem("this file cannot be written: no permission in the directory " + paths.show(denied),
                    "set KOINE_HOME to a directory of your own      (ls -ld " + paths.quote(denied)
                            + " shows whose it is)");
        } catch (IOException e) {
            throw problem("this file cannot be written: " + reason(e), "set KOINE_HOME to a directory of your own");
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void prepare(Path wanted) throws IOException {
        checkPlace(wanted);
        Path directory = directoryOf(wanted);
        checkWritable(directory);
        createDirectories(directory);
    }

    private static Path directoryOf(Path path) {
        return requireNonNull(path.getParent(), "a file has a directory");
    }

    private void checkReadable() throws IOException {
        checkPlace(file);
        for (Path path : List.of(directoryOf(file), file)) {
            var bits = bits(path);
            boolean isDirectory = Files.isDirectory(path);
            if (isDirectory && path.equals(file)) {
                throw problem("this is a directory, and a file belongs there", "mv " + paths.quote(file) + " "
                        + paths.quote(file.resolveSibling(file.getFileName() + ".old")));
            }
            if (bits.isPresent() && bits.get().stream().noneMatch(bit -> bit.name().endsWith("_READ"))) {
                throw problem(
                        (isDirectory ? "the directory " + paths.show(path) : "this file") + " cannot be read (mode "
                                + octal(bits.get()) + ")",
                        "chmod u+r" + (isDirectory ? "wx " : "w ") + paths.quote(path));
            }
        }
    }

    /** A regular file where a directory belongs gives strange errors later, so it is looked for first. */
    private void checkPlace(Path wanted) {
        for (Path path = wanted.getParent(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                if (!Files.isDirectory(path)) {
                    throw problem("there can be no file here: " + paths.show(path) + " is a file, not a directory",
                            "move it away, or set KOINE_HOME to a directory");
                }
                return;
            }
        }
    }

    private void checkWritable(Path directory) throws IOException {
        for (Path path = directory; path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                var bits = bits(path);
                if (bits.isPresent() && bits.get().stream().noneMatch(bit -> bit.name().endsWith("_WRITE"))) {
                    throw problem(
                            "this file cannot be written: the directory " + paths.show(path) + " is read-only (mode "
                                    + octal(bits.get()) + ")",
                            "chmod u+w " + paths.quote(path));
                }
                return;
            }
        }
    }

    /** Return the file behind symbolic links; the last of them may point at a file that is yet to be made. */
    private Path realFile() throws IOException {
        Path path = file;
        for (int i = 0; i < MAX_SYMLINKS && Files.isSymbolicLink(path); i++) {
            path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
        }
        Path parent = directoryOf(path);
        return Files.isDirectory(parent) ? parent.toRealPath().resolve(path.getFileName()) : path;
    }

    private static void replace(Path real, String text) throws IOException {
        Path temporary = Files.createTempFile(directoryOf(real), ".koine", ".tmp", mode("rw-------"));
        try {
            try (var out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            try {
                Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, real, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void backUp(Path real) throws IOException {
        Path directory = paths.backupsDir();
        createDirectories(directory);
        String name = String.valueOf(real.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        replace(directory.resolve(stem + "." + STAMP.format(Instant.now()) + ending), Files.readString(real));
        var kept = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(directory, stem + ".*" + ending)) {
            found.forEach(kept::add);
        }
        kept.sort(Comparator.comparing(Path::toString));
        for (Path old : kept.subList(0, Math.max(0, kept.size() - BACKUPS))) {
            Files.deleteIfExists(old);
        }
    }

    private static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode("rwx------"));
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static String lockName(Path real) {
        return real.getFileName() + "-" + UUID.nameUUIDFromBytes(real.toString().getBytes(UTF_8)) + ".lock";
    }

    /** Return the mode bits of a file, or empty where the system has none or the file is not there. */
    public static Optional<Set<PosixFilePermission>> bits(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix") || !Files.exists(path)) {
            return Optional.empty();
        }
        return Optional.of(Files.getPosixFilePermissions(path));
    }

    /** Return mode bits as four digits, such as {@code 0600}. */
    public static String octal(Set<PosixFilePermission> bits) {
        String letters = PosixFilePermissions.toString(bits);
        var out = new StringBuilder("0");
        for (int i = 0; i < letters.length(); i += 3) {
            int digit = (letters.charAt(i) == '-' ? 0 : 4) + (letters.charAt(i + 1) == '-' ? 0 : 2)
                    + (letters.charAt(i + 2) == '-' ? 0 : 1);
            out.append(digit);
        }
        return out.toString();
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }

    private InvalidConfigException problem(String message, String fix) {
        return new InvalidConfigException(List.of(Problems.ofFile(file, message, fix)));
    }
}
