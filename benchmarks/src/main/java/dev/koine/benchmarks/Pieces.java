package dev.koine.benchmarks;

import java.io.InputStream;
import java.util.List;

/** A body that arrives as a socket delivers it: at most one event with each read. */
final class Pieces extends InputStream {
    private final List<byte[]> pieces;
    private int piece;
    private int at;

    Pieces(List<byte[]> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (piece == pieces.size()) {
            return -1;
        }
        byte[] bytes = pieces.get(piece);
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        if (at == bytes.length) {
            piece++;
            at = 0;
        }
        return count;
    }
}
