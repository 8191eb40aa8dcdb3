package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A base URL as a person writes it, tidied. Tidying is the part of the URL rule that no dialect differs in:
 *
 * <ol>
 * <li>without a scheme it gets {@code https://}, on this machine {@code http://};
 * <li>scheme and host in lower case, doubled and trailing slashes gone;
 * <li>user names, fragments, unknown schemes, blanks, control characters and placeholders are refused;
 * <li>a pasted operation is taken off the end: what stands before {@code /chat/completions}, {@code /completions},
 * {@code /embeddings} or {@code /responses} is used as it stands ({@link #isExact()}); {@code /models} is taken off only
 * after a version segment. What stands behind {@code /deployments/} is a name, whatever it is.
 * </ol>
 *
 * <p>What comes behind the base, a {@code /v1} or a deployment, is the dialect's affair. Tidying is idempotent: parsing
 * {@link #toString()} gives an equal value.
 *
 * @param origin scheme, host and port
 * @param segments the path's segments, percent-encoded
 * @param query the query without its question mark, percent-encoded; moved behind the path of every call
 * @param isExact whether a pasted operation says that nothing goes between the base and the operation
 */
public record BaseUrl(Origin origin, List<String> segments, Optional<String> query, boolean isExact) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Pattern MISTYPED = Pattern.compile("(https?)(:/?|//)[^/:\\d].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION = Pattern.compile("v\\d+([a-z]+\\d*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern PLACEHOLDER = Pattern.compile("[{<]\\s*([^{}<>]*?)\\s*[}>]");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]|[a-z0-9_][a-z0-9_-]{0,61}[a-z0-9_]");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9a-f:.]*:[0-9a-f:.]*)(%25[0-9a-z._~-]+)?\\]");
    private static final Set<String> OPERATIONS = Set.of("completions", "embeddings", "responses");
    private static final String PATH_CHARACTERS = "-._~!$&'()*+,;=:@";

    public BaseUrl {
        requireNonNull(origin, "origin is null");
        segments = List.copyOf(segments);
        requireNonNull(query, "query is null");
    }

    /**
     * Read and tidy a base URL.
     *
     * @throws ConfigurationException naming {@code base-url} and what is wrong with it
     */
    public static BaseUrl parse(String written) {
        String text = trimmed(written);
        if (text.isEmpty()) {
            throw refused("the URL is empty");
        }
        refusePlaceholders(text);
        refuseCharacters(text);
        String scheme = "";
        String rest = text;
        var named = SCHEME.matcher(text);
        if (named.matches()) {
            scheme = named.group(1).toLowerCase(Locale.ROOT);
            rest = text.substring(scheme.length() + 3);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw refused(scheme + ":// is not spoken here; use https:// or http://");
            }
        }
        var mistyped = MISTYPED.matcher(text);
        if (mistyped.matches()) {
            throw refused("'" + mistyped.group(1) + "' is followed by '" + mistyped.group(2) + "'; write "
                    + mistyped.group(1).toLowerCase(Locale.ROOT) + "://");
        }
        if (rest.indexOf('#') >= 0) {
            throw refused("a base URL has no #fragment");
        }
        int question = rest.indexOf('?');
        Optional<String> query = question < 0 ? Optional.empty() : Optional.of(rest.substring(question + 1));
        String hostAndPath = question < 0 ? rest : rest.substring(0, question);
        int slash = hostAndPath.indexOf('/');
        String authority = slash < 0 ? hostAndPath : hostAndPath.substring(0, slash);
        var origin = origin(scheme, authority);
        var segments = new ArrayList<>(split(slash < 0 ? "" : hostAndPath.substring(slash)));
        segments.stream().filter(segment -> segment.equals("..") || segment.equals(".")).findFirst().ifPresent(dots -> {
            throw refused("the path has a " + dots + " in it");
        });
        boolean exact = dropOperation(segments);
        return new BaseUrl(origin, segments, query.filter(q -> !q.isEmpty()).map(q -> kept(q, PATH_CHARACTERS + "/?")),
                exact && !endsInVersion(segments));
    }

    /** Return the path's last segment, or empty. */
    public Optional<String> lastSegment() {
        return segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
    }

    /** Return whether some segment names a version, such as {@code v1}, {@code v4} or {@code v1beta}. */
    public boolean hasVersionSegment() {
        return segments.stream().anyMatch(BaseUrl::isVersion);
    }

    /** Return whether the last segment names a version. */
    public boolean endsInVersionSegment() {
        return endsInVersion(segments);
    }

    /** Return the path, with a leading slash unless it is empty. */
    public String path() {
        return segments.isEmpty() ? "" : "/" + String.join("/", segments);
    }

    /**
     * Return a copy with {@code more} at the end of the path. What is percent-encoded in it stays; what may not stand in a
     * path is encoded.
     */
    public BaseUrl append(String more) {
        var longer = new ArrayList<>(segments);
        longer.addAll(split(more));
        return withSegments(longer);
    }

    /** Return a copy without {@code end} at the end of the path; this one where the path does not end in it. */
    public BaseUrl withoutEnd(String end) {
        List<String> last = split(end);
        int rest = segments.size() - last.size();
        return rest >= 0 && segments.subList(rest, segments.size()).equals(last)
                ? withSegments(segments.subList(0, rest))
                : this;
    }

    /** Return a copy with another path. */
    public BaseUrl withSegments(List<String> value) {
        return new BaseUrl(origin, value, query, isExact);
    }

    /** Return whether the query names the parameter. */
    public boolean hasQuery(String name) {
        return query.stream().flatMap(text -> List.of(text.split("&")).stream())
                .anyMatch(pair -> pair.equals(name) || pair.startsWith(name + "="));
    }

    /** Return a copy whose query has the parameter, unless it already has one of this name. */
    public BaseUrl withQuery(String name, String value) {
        if (hasQuery(name)) {
            return this;
        }
        String pair = encode(name) + "=" + encode(value);
        return new BaseUrl(origin, segments, Optional.of(query.map(text -> text + "&" + pair).orElse(pair)), isExact);
    }

    /**
     * Return the address of an operation: base, operation, and the base's query behind it.
     *
     * @param operation the path behind the base, such as {@code /chat/completions}, already encoded
     */
    public URI resolve(String operation) {
        return URI.create(origin + path() + operation + query.map(text -> "?" + text).orElse(""));
    }

    /** Return {@code text} as one path segment or query value, percent-encoded (RFC 3986). */
    public static String encode(String text) {
        return encoded(text, "-._~");
    }

    /** Return the tidied URL; parsing it again gives an equal value. */
    @Override
    public String toString() {
        return origin + path() + (isExact ? "/chat/completions" : "") + query.map(text -> "?" + text).orElse("");
    }

    private static Origin origin(String scheme, String authority) {
        if (authority.indexOf('@') >= 0) {
            throw refused("a user name or password does not belong into the URL; use api-key");
        }
        int colon = authority.lastIndexOf(':');
        boolean bracketed = authority.startsWith("[");
        if (!bracketed && colon != authority.indexOf(':')) {
            throw refused("'" + authority + "' has several colons; an IPv6 address stands in brackets, such as [::1]");
        }
        boolean hasPort = bracketed ? colon == authority.indexOf(']') + 1 && colon > 0 : colon >= 0;
        String host = host(hasPort ? authority.substring(0, colon) : authority);
        int port = hasPort ? port(authority.substring(colon + 1)) : 0;
        String known = scheme;
        if (known.isEmpty()) {
            boolean here = new Origin("http", host, 80).isLoopback();
            if (!here && host.indexOf('.') < 0 && host.indexOf(':') < 0) {
                throw refused("'" + authority + "' is not a full host name; write http://" + authority + " or https://"
                        + authority + " if it is one");
            }
            known = here ? "http" : "https";
        }
        return new Origin(known, host, port > 0 ? port : known.equals("https") ? 443 : 80);
    }

    private static String host(String written) {
        if (written.isEmpty()) {
            throw refused("the URL has no host");
        }
        String host = written.toLowerCase(Locale.ROOT);
        if (host.chars().anyMatch(c -> c > 0x7f)) {
            try {
                host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                throw refused("'" + written + "' is no host name");
            }
        }
        if (host.startsWith("[") ? !isIpv6(host) : !isName(host)) {
            throw refused("'" + written + "' is no host name");
        }
        return host;
    }

    private static boolean isName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.length() <= 253
                && List.of(name.split("\\.", -1)).stream().allMatch(label -> LABEL.matcher(label).matches());
    }

    private static boolean isIpv6(String host) {
        var literal = IPV6.matcher(host);
        if (!literal.matches()) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(literal.group(1)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw refused("'" + digits + "' is no port; ports are 1 to 65535");
        }
        return port;
    }

    /** Take pasted operations off the end and return whether there was one; {@code /models} says nothing about its base. */
    private static boolean dropOperation(List<String> segments) {
        boolean dropped = false;
        while (endsInOperation(segments)) {
            boolean chat = segments.removeLast().equals("completions") && endsIn(segments, "chat");
            if (chat && !endsInDeployment(segments)) {
                segments.removeLast();
            }
            dropped = true;
        }
        if (!dropped && endsIn(segments, "models") && endsInVersion(segments.subList(0, segments.size() - 1))) {
            segments.removeLast();
        }
        return dropped;
    }

    private static boolean endsInOperation(List<String> segments) {
        return !segments.isEmpty() && OPERATIONS.contains(segments.getLast()) && !endsInDeployment(segments);
    }

    /** Return whether the last segment is the name of a deployment, which may be called like an operation. */
    private static boolean endsInDeployment(List<String> segments) {
        return segments.size() > 1 && segments.get(segments.size() - 2).equals("deployments");
    }

    private static boolean endsIn(List<String> segments, String last) {
        return !segments.isEmpty() && segments.getLast().equals(last);
    }

    private static boolean endsInVersion(List<String> segments) {
        return !segments.isEmpty() && isVersion(segments.getLast());
    }

    private static boolean isVersion(String segment) {
        return VERSION.matcher(segment).matches();
    }

    private static List<String> split(String path) {
        return Stream.of(path.split("/")).filter(segment -> !segment.isEmpty())
                .map(segment -> kept(segment, PATH_CHARACTERS)).toList();
    }

    /** Strip blanks and invisible characters, such as come along when a URL is copied from a page. */
    private static String trimmed(String written) {
        int from = 0;
        int to = written.length();
        while (from < to && isInvisible(written.charAt(from))) {
            from++;
        }
        while (to > from && isInvisible(written.charAt(to - 1))) {
            to--;
        }
        return written.substring(from, to);
    }

    private static boolean isInvisible(char c) {
        return c <= ' ' || Character.isSpaceChar(c) || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static void refusePlaceholders(String text) {
        var placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.find()) {
            String words = placeholder.group(1).replaceAll("[-_]", " ").strip();
            String name = words.isEmpty() ? "it" : words.startsWith("your ") ? words : "your " + words;
            throw refused(placeholder.group() + " is a placeholder; put " + name + " in its place");
        }
    }

    private static void refuseCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '"') {
                throw refused("a URL has no " + c);
            }
            if (Character.isISOControl(c)) {
                throw refused("a URL has no control characters");
            }
            if (isInvisible(c)) {
                throw refused(Character.isSpaceChar(c) ? "a URL has no blanks" : "a URL has no invisible characters");
            }
        }
    }

    /** Encode what is neither allowed nor percent-encoded already. */
    private static String kept(String text, String allowed) {
        var out = new StringBuilder();
        int from = 0;
        var escape = ESCAPE.matcher(text);
        while (escape.find()) {
            out.append(encoded(text.substring(from, escape.start()), allowed)).append(escape.group());
            from = escape.end();
        }
        return out.append(encoded(text.substring(from), allowed)).toString();
    }

    private static String encoded(String text, String allowed) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || allowed.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }

    private static ConfigurationException refused(String message) {
        return new ConfigurationException("base-url", message);
    }
}
