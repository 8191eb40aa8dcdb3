package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.Auth;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One header as it is sent.
 *
 * @param name the header's name
 * @param scheme what stands before the value, such as {@code Bearer} and a blank; normally empty
 * @param value the value
 * @param isSecret whether the value must not be shown
 * @param reference where the value came from; empty when it stands in the call itself
 */
record HeaderLine(String name, String scheme, String value, boolean isSecret, Optional<SecretRef> reference) {
    private static final String NAME_CHARACTERS = "!#$%&'*+-.^_`|~";
    /** What belongs to the connection, not to the request. */
    private static final Set<String> RESERVED = Set.of("host", "content-length", "transfer-encoding", "connection",
            "keep-alive", "te", "trailer", "upgrade", "expect", "proxy-connection", "proxy-authorization");
    private static final Set<String> SECRET = Set.of("authorization", "api-key", "x-api-key", "x-goog-api-key",
            "ocp-apim-subscription-key", "cookie");

    HeaderLine {
        requireNonNull(name, "name is null");
    }

    /**
     * Return the headers of a call, always in this order: authentication, content type, the call's own. A header that the
     * call sets itself takes the place of the one that would be made.
     *
     * @throws ConfigurationException if a header cannot be sent
     */
    static List<HeaderLine> of(HttpCall call, SecretResolver secrets) {
        check(call);
        var own = new ArrayList<HeaderLine>();
        call.headers().forEach((name, value) -> own.add(new HeaderLine(name, "", value,
                SECRET.contains(name.toLowerCase(Locale.ROOT)), Optional.empty())));
        var lines = new ArrayList<HeaderLine>();
        auth(call.auth(), secrets).ifPresent(lines::add);
        if (call.body().isPresent()) {
            lines.add(new HeaderLine("Content-Type", "", "application/json", false, Optional.empty()));
        }
        lines.removeIf(line -> own.stream().anyMatch(other -> other.name.equalsIgnoreCase(line.name)));
        lines.addAll(own);
        return List.copyOf(lines);
    }

    private static Optional<HeaderLine> auth(Auth auth, SecretResolver secrets) {
        return switch (auth) {
            case Auth.None() -> Optional.empty();
            case Auth.Query(var name, var secret) -> Optional.empty();
            case Auth.Bearer(var secret) -> secret(secret, secrets)
                    .map(value -> keyed("Authorization", "Bearer ", value, secret));
            case Auth.Header(var name, var secret) -> secret(secret, secrets)
                    .map(value -> keyed(name, "", value, secret));
        };
    }

    /** Return the key of a query parameter, if the call has one. */
    static Optional<String> queryKey(HttpCall call, SecretResolver secrets) {
        return call.auth() instanceof Auth.Query(var name, var secret) ? secret(secret, secrets) : Optional.empty();
    }

    private static Optional<String> secret(Optional<SecretRef> reference, SecretResolver secrets) {
        return reference.flatMap(secrets::resolve).filter(value -> !value.isEmpty());
    }

    private static HeaderLine keyed(String name, String scheme, String value, Optional<SecretRef> reference) {
        if (!isPlain(value)) {
            throw new ConfigurationException("api-key",
                    "the key from " + reference.map(SecretRef::reference).orElse("?")
                            + " holds a character that no HTTP header can carry");
        }
        return new HeaderLine(name, scheme, value, true, reference);
    }

    /**
     * Check the names and values of the headers that a call sets, and the name of the one that carries its key.
     *
     * @throws ConfigurationException if one of them cannot be sent
     */
    static void check(HttpCall call) {
        call.headers().forEach(HeaderLine::check);
        if (call.auth() instanceof Auth.Header(var name, var _)) {
            check(name, "");
        }
    }

    private static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderLine::isNameCharacter)) {
            throw new ConfigurationException("headers", "'" + visible(name) + "' is no header name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new ConfigurationException("headers",
                    "the header " + name + " belongs to the connection and cannot be set");
        }
        if (!isPlain(value)) {
            throw new ConfigurationException("headers", "the value of the header " + name
                    + " holds a character that no HTTP header can carry");
        }
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || NAME_CHARACTERS.indexOf(c) >= 0;
    }

    /** Printable ASCII: servers do not agree on the meaning of anything else, and a line feed would begin a further header. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t');
    }

    private static String visible(String text) {
        return text.chars().collect(StringBuilder::new, (out, c) -> out.append(c >= ' ' && c < 0x7f ? (char) c : '?'),
                StringBuilder::append).toString();
    }
}
