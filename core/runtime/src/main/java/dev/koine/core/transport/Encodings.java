package dev.koine.core.transport;

import dev.koine.api.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes compression that comes although nobody asked for it. */
final class Encodings {
    private Encodings() {}

    /**
     * Return the body without its content encodings.
     *
     * @throws dev.koine.api.ProviderFailureException if an encoding is unknown
     */
    static InputStream decoded(InputStream body, List<String> encodings, Exchange exchange) {
        var decoded = body;
        // Named in the order in which they were applied.
        for (String encoding : String.join(",", encodings.reversed()).toLowerCase(Locale.ROOT).split(",")) {
            decoded = switch (encoding.strip()) {
                case "", "identity" -> decoded;
                case "gzip", "x-gzip" -> new Late(decoded, GZIPInputStream::new);
                case "deflate" -> new Late(decoded, Encodings::inflated);
                default -> throw exchange.failure(FailureKind.UNEXPECTED_ANSWER)
                        .message(exchange.origin().host() + " sent its answer compressed as '" + encoding.strip()
                                + "', which was not asked for")
                        .why("Koine reads gzip and deflate; a proxy on the way may compress").build().toException();
            };
        }
        return decoded;
    }

    /** Deflate means the zlib format (RFC 9110, 8.4.1.2), but some servers send it bare. */
    private static InputStream inflated(InputStream in) throws IOException {
        var ahead = new PushbackInputStream(in, 1);
        int first = ahead.read();
        if (first >= 0) {
            ahead.unread(first);
        }
        boolean bare = (first & 0x0f) != 8;
        return new InflaterInputStream(ahead, new Inflater(bare));
    }

    private interface Opener {
        InputStream open(InputStream in) throws IOException;
    }

    /** Opens the decoder with the first read, since opening it reads. */
    private static final class Late extends InputStream {
        private final Opener opener;
        private InputStream in;
        private boolean opened;

        Late(InputStream in, Opener opener) {
            this.in = in;
            this.opener = opener;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!opened) {
                in = opener.open(in);
                opened = true;
            }
            return in.read(target, offset, length);
        }
    }
}
