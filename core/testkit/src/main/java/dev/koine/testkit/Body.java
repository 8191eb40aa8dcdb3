package dev.koine.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The head and the bytes of an answer. */
final class Body {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] bytes;

    Body(int status, Map<String, List<String>> headers, byte[] bytes) {
        this.status = status;
        this.headers = headers;
        this.bytes = bytes;
    }

    static Body of(int status, String contentType, String text) {
        return new Body(status, Map.of("content-type", List.of(contentType)), text.getBytes(UTF_8));
    }

    int status() {
        return status;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    int length() {
        return bytes.length;
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /** Return the bytes in two pieces. */
    InputStream splitAt(int at) {
        return Pieces.splitAt(bytes, at);
    }

    /** Return the first bytes, behind which the connection is lost. */
    InputStream lostAt(int at) {
        return Pieces.lostAt(bytes, at);
    }
}
