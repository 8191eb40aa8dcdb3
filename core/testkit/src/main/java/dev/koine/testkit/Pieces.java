package dev.koine.testkit;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that come in two pieces, and then end or are lost. */
final class Pieces extends InputStream {
    private final byte[] bytes;
    private final int split;
    private final int end;
    private final boolean lost;
    private int at;

    private Pieces(byte[] bytes, int split, int end, boolean lost) {
        this.bytes = bytes;
        this.split = split;
        this.end = end;
        this.lost = lost;
    }

    static Pieces splitAt(byte[] bytes, int split) {
        return new Pieces(bytes, split, bytes.length, false);
    }

    static Pieces lostAt(byte[] bytes, int end) {
        return new Pieces(bytes, end, end, true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at == end) {
            if (lost) {
                throw new IOException("the connection is lost");
            }
            return -1;
        }
        int count = Math.min(length, (at < split ? split : end) - at);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }
}
