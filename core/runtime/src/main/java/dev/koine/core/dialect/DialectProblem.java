package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something wrong with a dialect, a plugin or a preset. A value: it hurts nobody but the one it names.
 *
 * @param kind what kind of thing is wrong
 * @param subject whom it concerns: a plugin's name, a dialect's id, a preset's id, a provider class
 * @param file where it was seen; empty for what is built in
 * @param message what is wrong, in one line for a person
 * @param fix what mends it, a command where there is one
 */
public record DialectProblem(Kind kind, String subject, Optional<Path> file, String message, Optional<String> fix) {
    public DialectProblem {
        requireNonNull(kind, "kind is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(file, "file is null");
        requireNonNull(message, "message is null");
        requireNonNull(fix, "fix is null");
    }

    /** What kind of thing is wrong. Further constants may be added in a minor version. */
    public enum Kind {
        /** There is none of this id. */
        MISSING,
        /** The file cannot be read, or is no jar. */
        UNREADABLE,
        /** The jar is too large, unpacks to too much, or holds entries that no jar should. */
        ARCHIVE,
        /** It is a link that leads out of the plugins folder. */
        LINK,
        /** Others may write to it, or to the folder that it lies in. */
        WRITABLE,
        /** The jar holds neither a dialect nor a preset. */
        EMPTY,
        /** A name that Koine keeps for itself is used, or a part of Koine is bundled. */
        RESERVED,
        /** It was compiled against another version of the SPI, or against an unknown one. */
        SPI_VERSION,
        /** It was compiled for a newer Java. */
        CLASS_VERSION,
        /** A module that it needs is missing, or its modules contradict each other. */
        UNRESOLVED,
        /** Nobody has trusted it yet. */
        UNTRUSTED,
        /** It is not the file that was trusted. */
        CHANGED,
        /** Its services entry is missing, or says something else than its module. */
        SERVICES,
        /** The user has switched it off. */
        DISABLED,
        /** It was replaced or removed, and its classes are still in memory. */
        LEAK,
        /** A provider class cannot be loaded or constructed. */
        PROVIDER,
        /** A provider describes itself in a way that cannot be. */
        DESCRIPTOR,
        /** An id is taken already. */
        DUPLICATE,
        /** It did not come to an end in its time. */
        TIME_LIMIT,
        /** It ended the Java process that tried it. */
        EXIT,
        /** It was called and did what its contract forbids. */
        CONTRACT,
        /** A preset cannot be understood. */
        PRESET,
        /** What is said of answers cannot be understood. */
        DETECTION
    }

    /** Return a copy that says where it was seen. */
    public DialectProblem at(Path place) {
        return new DialectProblem(kind, subject, Optional.of(place), message, fix);
    }

    /** Return a problem of something built in, without a fix. */
    static DialectProblem of(Kind kind, String subject, String message) {
        return new DialectProblem(kind, subject, Optional.empty(), message, Optional.empty());
    }
}
