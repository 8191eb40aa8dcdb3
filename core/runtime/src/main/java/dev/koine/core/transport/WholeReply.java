package dev.koine.core.transport;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.Reply;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer that was read to its end. */
final class WholeReply implements Reply {
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] bytes;
    private final int depth;
    private volatile Optional<Optional<Json>> json = Optional.empty();

    WholeReply(int status, Map<String, List<String>> headers, byte[] bytes, int depth) {
        this.status = status;
        this.headers = headers;
        this.bytes = bytes;
        this.depth = depth;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String text() {
        String text = new String(bytes, charset());
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    @Override
    public Optional<Json> json() {
        if (json.isEmpty()) {
            json = Optional.of(JsonReader.read(bytes, 0, bytes.length, depth));
        }
        return json.get();
    }

    @Override
    public String toString() {
        return "Reply[" + status + ", " + bytes.length + " bytes]";
    }

    private Charset charset() {
        var named = header("content-type").map(CHARSET::matcher).filter(matcher -> matcher.find());
        try {
            return named.map(matcher -> Charset.forName(matcher.group(1))).orElse(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
