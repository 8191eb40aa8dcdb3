package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as data. Authentication is named, not rendered: no secret text is in it, so it can be shown, compared and
 * logged.
 *
 * @param method the HTTP method, upper case
 * @param uri the whole address, on the origin of the configured base URL
 * @param headers further headers, beside content type and authentication, which the engine sets
 * @param auth how the request is authenticated
 * @param body the body, sent as JSON
 * @param notices what the user should know about the way in which the request is expressed, such as a wish that the
 *     endpoint cannot take and that is sent in a weaker form; one line each
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, Auth auth, Optional<Json> body,
        List<String> notices) {
    public HttpCall {
        requireNonNull(method, "method is null");
        requireNonNull(uri, "uri is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(auth, "auth is null");
        requireNonNull(body, "body is null");
        notices = List.copyOf(notices);
    }

    /** Create a call about which there is nothing to say. */
    public HttpCall(String method, URI uri, Map<String, String> headers, Auth auth, Optional<Json> body) {
        this(method, uri, headers, auth, body, List.of());
    }

    /** Return a GET without a body. */
    public static HttpCall get(URI uri, Auth auth) {
        return new HttpCall("GET", uri, Map.of(), auth, Optional.empty());
    }

    /** Return a POST of a JSON body. */
    public static HttpCall post(URI uri, Auth auth, Json body) {
        return new HttpCall("POST", uri, Map.of(), auth, Optional.of(body));
    }

    /** Return a builder that starts with what this call has. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects a call. */
    public static final class Builder {
        private String method;
        private URI uri;
        private final Map<String, String> headers;
        private Auth auth;
        private Optional<Json> body;
        private List<String> notices;

        private Builder(HttpCall call) {
            method = call.method;
            uri = call.uri;
            headers = new LinkedHashMap<>(call.headers);
            auth = call.auth;
            body = call.body;
            notices = call.notices;
        }

        /** Set the method. */
        public Builder method(String value) {
            method = requireNonNull(value, "method is null");
            return this;
        }

        /** Set the address. */
        public Builder uri(URI value) {
            uri = requireNonNull(value, "uri is null");
            return this;
        }

        /** Set one header. */
        public Builder header(String name, String value) {
            headers.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
            return this;
        }

        /** Set how the request is authenticated. */
        public Builder auth(Auth value) {
            auth = requireNonNull(value, "auth is null");
            return this;
        }

        /** Set the body. */
        public Builder body(Json value) {
            body = Optional.of(value);
            return this;
        }

        /** Set what the user should know about the way in which the request is expressed. */
        public Builder notices(List<String> value) {
            notices = List.copyOf(value);
            return this;
        }

        /** Return the call. */
        public HttpCall build() {
            return new HttpCall(method, uri, headers, auth, body, notices);
        }
    }
}
