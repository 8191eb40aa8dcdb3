package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of an address: what a key is bound to.
 *
 * <p>Reads the authority itself: {@link URI#getHost()} knows no underscores and is null for {@code http://my_host/}.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 literal in its brackets
 * @param port the port, the scheme's own where the address names none, 1 to 65535
 */
public record Origin(String scheme, String host, int port) {
    public Origin {
        requireNonNull(scheme, "scheme is null");
        requireNonNull(host, "host is null");
    }

    /**
     * Return the origin of an address.
     *
     * @throws IllegalArgumentException if {@code uri} is not an http or https address with a host
     */
    public static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!scheme.equals("http") && !scheme.equals("https") || authority == null || authority.contains("@")) {
            throw new IllegalArgumentException("no http or https address with a host: " + uri);
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port = scheme.equals("https") ? 443 : 80;
        if (hasPort && colon + 1 < authority.length()) {
            port = Integer.parseInt(authority, colon + 1, authority.length(), 10);
        }
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("no http or https address with a host: " + uri);
        }
        return new Origin(scheme, host.toLowerCase(Locale.ROOT), port);
    }

    /** Return whether the host is this machine by its name or address alone: nothing is looked up. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Return whether the connection is encrypted. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** Return the origin as text, without the scheme's own port. */
    @Override
    public String toString() {
        boolean usual = port == (isSecure() ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
