package dev.koine.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request as it arrived. Safe for use by many threads. */
public final class ReceivedRequest {
    private final SimulatedDialect dialect;
    private final String method;
    private final String path;
    private final Optional<String> query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Delivery delivery = new Delivery();

    ReceivedRequest(SimulatedDialect dialect, HttpExchange exchange, byte[] body) {
        this.dialect = dialect;
        this.method = exchange.getRequestMethod();
        this.path = rawPath(exchange.getRequestURI());
        this.query = Optional.ofNullable(exchange.getRequestURI().getRawQuery());
        var sorted = new TreeMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        this.headers = Collections.unmodifiableMap(sorted);
        this.body = body;
    }

    /** Undo what {@link URI} makes of {@code //v1/chat}: it takes the first segment for a host. */
    private static String rawPath(URI uri) {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        boolean doubledSlash = uri.getScheme() == null && uri.getRawAuthority() != null;
        return doubledSlash ? "//" + uri.getRawAuthority() + path : path;
    }

    /** Return the dialect whose listener took the request; never null. */
    public SimulatedDialect dialect() {
        return dialect;
    }

    /** Return the method as sent, such as {@code POST}; never null. */
    public String method() {
        return method;
    }

    /** Return the path as sent, still encoded, without the query; never null. */
    public String path() {
        return path;
    }

    /** Return the query as sent, still encoded, without the question mark. */
    public Optional<String> query() {
        return query;
    }

    /** Return the path and, after a question mark, the query; never null. */
    public String target() {
        return query.map(q -> path + "?" + q).orElse(path);
    }

    /** Return every header, names in lower case; never null, unmodifiable. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Return the first value of a header.
     *
     * @param name the header's name in any case; never null
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Return a copy of the body's bytes; never null, empty for none. */
    public byte[] body() {
        return body.clone();
    }

    /** Return the body read as UTF-8; never null, empty for none. */
    public String bodyText() {
        return new String(body, UTF_8);
    }

    /** Return the answer, to follow how far it got; never null. */
    public Delivery delivery() {
        return delivery;
    }

    /** Return the body if it is a JSON object. */
    Optional<Json.Obj> json() {
        return JsonReader.read(body).flatMap(Json::asObject);
    }

    /** Return method and path; never the query, headers or body, where secrets may stand. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
