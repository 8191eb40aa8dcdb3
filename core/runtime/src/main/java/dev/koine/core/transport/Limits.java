package dev.koine.core.transport;

/**
 * How large an answer may be. Beyond these an answer is not believed, so that a broken endpoint cannot fill the memory.
 *
 * @param line bytes of one line of a stream, and of one event
 * @param body bytes of a whole answer, after decompression
 * @param depth how deep JSON may be nested, at most 1000
 * @param events events of one stream
 */
public record Limits(int line, int body, int depth, int events) {
    /** 16 MiB a line, 64 MiB a body, 200 levels, a million events. */
    public static final Limits DEFAULT = new Limits(16 << 20, 64 << 20, 200, 1_000_000);

    public Limits {
        if (line < 1 || body < 1 || depth < 1 || events < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (depth > 1000) {
            throw new IllegalArgumentException("JSON deeper than 1000 does not fit onto the stack");
        }
    }
}
