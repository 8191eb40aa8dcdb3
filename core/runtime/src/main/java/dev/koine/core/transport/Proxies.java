package dev.koine.core.transport;

import dev.koine.spi.ConfigurationException;
import dev.koine.spi.Origin;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chooses the proxy of a request: the one that its options name, else by {@code HTTPS_PROXY}, {@code HTTP_PROXY},
 * {@code ALL_PROXY} and {@code NO_PROXY} (upper or lower case). This machine itself is reached through a proxy only when the
 * options name one.
 */
final class Proxies {
    private final Map<String, String> environment;

    Proxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * A proxy.
     *
     * @param scheme {@code http}, {@code https} or {@code socks5}
     * @param user user name and password, if it wants any
     * @param setting where it is named: {@code proxy}, or a variable of the environment
     */
    record Proxy(String scheme, String host, int port, Optional<User> user, String setting) {
        private static final Pattern FORM = Pattern.compile(
                "(?:(https?|socks5h?)://)?(?:([^@/]*)@)?(\\[[0-9A-Fa-f:.]+]|[^:@/\\[\\]\\s]+)(?::(\\d{1,5}))?/?");

        static Proxy parse(String text, String field) {
            var matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                // Not repeated: it may hold a password.
                throw new ConfigurationException(field,
                        "the proxy is no http://, https:// or socks5:// address with a host");
            }
            String scheme = matcher.group(1) == null ? "http" : matcher.group(1).toLowerCase(Locale.ROOT);
            boolean socks = scheme.startsWith("socks");
            int usual = socks ? 1080 : scheme.equals("https") ? 443 : 80;
            int port = matcher.group(4) == null ? usual : Integer.parseInt(matcher.group(4));
            if (port < 1 || port > 65535) {
                throw new ConfigurationException(field, "'" + port + "' is no port; ports are 1 to 65535");
            }
            if (socks && matcher.group(2) != null) {
                throw new ConfigurationException(field, "a socks5:// proxy with a user name is not supported");
            }
            String host = matcher.group(3).toLowerCase(Locale.ROOT);
            return new Proxy(socks ? "socks5" : scheme,
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port,
                    Optional.ofNullable(matcher.group(2)).filter(user -> !user.isEmpty()).map(User::parse), field);
        }

        /** Return the same proxy with a login, {@code USER:PASSWORD}, unless its address has one. */
        Proxy with(String login) {
            int colon = login.indexOf(':');
            return user.isPresent() || isSocks() ? this : new Proxy(scheme, host, port, Optional.of(colon < 0
                    ? new User(login, "") : new User(login.substring(0, colon), login.substring(colon + 1))), setting);
        }

        boolean isSocks() {
            return scheme.equals("socks5");
        }

        /** Return host and port. */
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** Who asks the proxy. */
    record User(String name, String password) {
        static User parse(String text) {
            int colon = text.indexOf(':');
            return new User(decoded(colon < 0 ? text : text.substring(0, colon)),
                    colon < 0 ? "" : decoded(text.substring(colon + 1)));
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }

        @Override
        public String toString() {
            return "User[****]";
        }
    }

    Optional<Proxy> choose(Origin target, Optional<String> configured) {
        if (configured.isPresent()) {
            String text = configured.get().strip();
            boolean direct = text.isEmpty() || text.equals("direct") || text.equals("none");
            return direct ? Optional.empty() : Optional.of(Proxy.parse(text, "proxy"));
        }
        if (target.isLoopback() || isExcluded(target, variable("NO_PROXY").orElse(""))) {
            return Optional.empty();
        }
        String name = target.isSecure() ? "HTTPS_PROXY" : "HTTP_PROXY";
        return variable(name).map(text -> Proxy.parse(text, name))
                .or(() -> variable("ALL_PROXY").map(text -> Proxy.parse(text, "ALL_PROXY")));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(environment.get(name))).map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** Return whether a literal address lies in a network such as {@code 10.0.0.0/8}. */
    private static boolean isInNetwork(String host, String network) {
        int slash = network.indexOf('/');
        if (slash < 0 || !network.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        try {
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            byte[] known = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(network.substring(slash + 1));
            int shift = address.length * 8 - bits;
            return address.length == known.length && shift >= 0 && new BigInteger(1, address).shiftRight(shift)
                    .equals(new BigInteger(1, known).shiftRight(shift));
        } catch (IllegalArgumentException e) {
            return false; // a name, not an address
        }
    }

    private static boolean isExcluded(Origin target, String list) {
        for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
            int colon = suffix.lastIndexOf(':');
            if (colon > suffix.lastIndexOf(']') && suffix.indexOf(':') == colon) {
                if (!suffix.substring(colon + 1).equals(Integer.toString(target.port()))) {
                    continue;
                }
                suffix = suffix.substring(0, colon);
            }
            String bare = suffix.startsWith(".") ? suffix.substring(1) : suffix;
            String host = target.host().replaceAll("[\\[\\]]", "");
            if (suffix.equals("*") || isInNetwork(host, entry)
                    || !bare.isEmpty() && (host.equals(bare) || host.endsWith("." + bare))) {
                return true;
            }
        }
        return false;
    }
}
