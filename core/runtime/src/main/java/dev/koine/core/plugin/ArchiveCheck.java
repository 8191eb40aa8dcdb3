package dev.koine.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether a jar is an archive that may be opened: of a reasonable size, packed and unpacked, with entries that stay
 * inside it. What it unpacks to is measured, not read from its headers, which may lie.
 */
final class ArchiveCheck {
    /** The largest jar, in bytes. */
    static final long LARGEST = 256L << 20;

    private static final int MOST_ENTRIES = 50_000;
    private static final long MOST_UNPACKED = 1L << 30;
    // Text packs well; so small an archive may do so as well as it likes.
    private static final long UNSUSPICIOUS = 64L << 20;
    private static final int MOST_TIMES = 100;
    private static final Pattern LEADS_OUT = Pattern.compile(
            "(?:.*/)?\\.\\.(?:/.*)?|/.*|[A-Za-z]:.*|.*[\\\\\\p{Cntrl}].*",
            Pattern.DOTALL);

    private ArchiveCheck() {}

    /** Return what is wrong with the size of a jar, packed. */
    static Optional<String> size(long bytes) {
        return bytes > LARGEST ? Optional.of("is larger than " + mebibytes(LARGEST)) : Optional.empty();
    }

    /**
     * Return what is wrong with an archive's entries, as the end of a sentence that begins with its name.
     *
     * @param size its own size in bytes
     * @throws IOException if it cannot be read
     */
    static Optional<String> entries(ZipFile zip, long size) throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            return Optional.of("has more than " + MOST_ENTRIES + " entries");
        }
        var names = new HashSet<String>();
        long unpacked = 0;
        var entries = zip.entries();
        while (entries.hasMoreElements()) {
            var entry = entries.nextElement();
            String name = entry.getName();
            if (LEADS_OUT.matcher(name).matches()) {
                return Optional.of("has an entry that leads out of it: " + shown(name));
            }
            if (!names.add(name) && !entry.isDirectory()) {
                return Optional.of("has the entry " + shown(name) + " twice");
            }
            unpacked += unpacked(zip, entry, Math.max(UNSUSPICIOUS, Math.min(MOST_UNPACKED, size * MOST_TIMES))
                    - unpacked);
            if (unpacked > MOST_UNPACKED) {
                return Optional.of("unpacks to more than " + mebibytes(MOST_UNPACKED));
            }
            if (unpacked > UNSUSPICIOUS && unpacked > size * MOST_TIMES) {
                return Optional.of("unpacks to more than " + MOST_TIMES + " times its size");
            }
        }
        return Optional.empty();
    }

    /** Count the bytes of an entry, up to one more than {@code most}. */
    private static long unpacked(ZipFile zip, ZipEntry entry, long most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] piece = new byte[1 << 16];
            long sum = 0;
            for (int n = in.read(piece); n >= 0 && sum <= most; n = in.read(piece)) {
                sum += n;
            }
            return sum;
        }
    }

    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
