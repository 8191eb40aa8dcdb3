package dev.koine.core.transport;

/** Writes sizes for people: {@code 512 bytes}, {@code 16 MiB}. */
final class Sizes {
    private Sizes() {}

    static String text(int bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
}
