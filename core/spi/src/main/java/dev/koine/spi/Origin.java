package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of an address: what a key is bound to.
 *
 * <p>Reads the authority itself: {@link URI#getHost()} knows no underscores and is null for {@code http://my_host/}. A
 * user name in front of the host is refused, lest one host pass for another.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case, an IPv6 literal in its brackets
 * @param port the port, the scheme's own where the address names none, 1 to 65535
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern DOTTED = Pattern.compile("\\d+(\\.\\d+){3}");

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
            throw new IllegalArgumentException("no http or https address with a plain host");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String digits = hasPort ? authority.substring(colon + 1) : "";
        int port = scheme.equals("https") ? 443 : 80;
        if (!digits.isEmpty()) {
            port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        }
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("no http or https address with a plain host");
        }
        return new Origin(scheme, host.toLowerCase(Locale.ROOT), port);
    }

    /**
     * Return whether the host is this machine by its name or address alone: nothing is looked up. Names are those that
     * RFC 6761 keeps for it; {@code 0.0.0.0} and {@code [::]}, where servers say that they listen, lead here too.
     */
    public boolean isLoopback() {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        if (!host.startsWith("[") && !DOTTED.matcher(host).matches()) {
            return false;
        }
        try {
            var address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]|%.*", ""));
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
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
