package dev.koine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.Json;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes secrets out of texts: every secret that it learned, as it is, percent-encoded, in base64 or escaped for JSON. Safe
 * for use by several threads.
 *
 * <p>A secret of fewer than four characters is left alone, and one of fewer than eight is taken out only where no letter or
 * digit touches it: else a key such as {@code x} would spoil every text. {@link PlaceholderKeys} are no secrets.
 */
public final class Redactor {
    private static final String HIDDEN = "****";
    private static final int SHORTEST = 4;
    private static final int LONG = 8;
    private static final Set<String> HEADERS = Set.of("authorization", "proxy-authorization", "api-key", "x-api-key",
            "x-goog-api-key", "ocp-apim-subscription-key", "cookie", "set-cookie", "x-auth-token", "x-access-token");
    private static final Set<
            String> PARAMETERS = Set.of("key", "api-key", "api_key", "apikey", "access_token", "token", "sig",
                    "signature", "code", "subscription-key", "password", "secret");

    private final List<String> patterns = new CopyOnWriteArrayList<>();

    /** Create a redactor that knows no secret yet. */
    public Redactor() {}

    /** Remember a secret, so that it is taken out from now on. */
    public void learn(Secret secret) {
        String value = secret.value();
        if (value.length() < SHORTEST || value.chars().allMatch(c -> c == '*') || PlaceholderKeys.contains(value)) {
            return;
        }
        for (String pattern : forms(value)) {
            if (!patterns.contains(pattern)) {
                patterns.add(pattern);
            }
        }
    }

    /** Remember the password in an address, such as a proxy's. */
    public void learnAddress(String address) {
        int scheme = address.indexOf("://");
        int from = scheme < 0 ? 0 : scheme + 3;
        int at = address.lastIndexOf('@');
        int colon = address.indexOf(':', from);
        if (at > colon && colon > 0) {
            String password = address.substring(colon + 1, at);
            learn(new Secret(password));
            try {
                learn(new Secret(URLDecoder.decode(password.replace("+", "%2B"), UTF_8)));
            } catch (IllegalArgumentException e) {
                // It is not encoded, and known as it is.
            }
        }
    }

    private static Set<String> forms(String value) {
        var forms = new LinkedHashSet<String>();
        forms.add(value);
        String encoded = URLEncoder.encode(value, UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"));
        forms.add(encoded.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)) ? value
                : lowerEscapes(encoded));
        String escaped = escaped(value);
        forms.add(escaped);
        forms.add(escaped.replace("/", "\\/"));
        // As a text within the text of another answer, which gateways pass on so.
        forms.add(escaped(escaped));
        forms.add(escaped(escaped.replace("/", "\\/")));
        if (value.length() >= LONG) {
            base64(value, forms);
        }
        return forms;
    }

    private static String escaped(String text) {
        String json = Json.of(text).toString();
        return json.substring(1, json.length() - 1);
    }

    private static String lowerEscapes(String encoded) {
        var out = new StringBuilder(encoded);
        for (int i = 0; i + 2 < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
                out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
            }
        }
        return out.toString();
    }

    /** Base64 depends on what stands before: of each of the three alignments, what does not depend on the neighbours. */
    private static void base64(String value, Set<String> forms) {
        byte[] bytes = value.getBytes(UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(shifted).substring(from, to));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(shifted).substring(from, to));
        }
    }

    /** Return {@code text} with every learned secret replaced by {@code ****}. */
    public String redact(String text) {
        return redact(text, 0, text.length());
    }

    /** Return the part of {@code text} between two places, with {@code ****} for what of a secret lies in it. */
    String redact(String text, int start, int end) {
        var hidden = new BitSet();
        for (String pattern : patterns) {
            for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
                if (pattern.length() >= LONG || standsAlone(text, at, at + pattern.length())) {
                    hidden.set(at, at + pattern.length());
                }
            }
        }
        var out = new StringBuilder(end - start);
        int at = start;
        for (int from = hidden.nextSetBit(start); from >= 0 && from < end; from = hidden.nextSetBit(at)) {
            out.append(text, at, from).append(HIDDEN);
            at = Math.min(end, hidden.nextClearBit(from));
        }
        return out.append(text, at, end).toString();
    }

    /** Return how many characters at the end of {@code text} may be the beginning of a secret that goes on; zero for none. */
    int openEnd(String text) {
        int open = 0;
        for (String pattern : patterns) {
            for (int length = Math.min(pattern.length() - 1, text.length()); length > open; length--) {
                if (text.regionMatches(text.length() - length, pattern, 0, length)) {
                    open = length;
                }
            }
        }
        return open;
    }

    /** Return the length of the longest form of a secret. */
    int longest() {
        return patterns.stream().mapToInt(String::length).max().orElse(0);
    }

    private static boolean standsAlone(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    /** Return the value of a header as it may be shown: {@code ****} for one that holds a secret by its name. */
    public String header(String name, String value) {
        if (!isSecretHeader(name)) {
            return redact(value);
        }
        return value.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()) ? "Bearer " + HIDDEN : HIDDEN;
    }

    /** Return an address as it may be shown: no password, and {@code ****} for query parameters that hold a secret. */
    public String url(String address) {
        String text = address;
        int scheme = text.indexOf("://");
        int slash = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
        int at = scheme < 0 ? -1 : text.lastIndexOf('@', slash < 0 ? text.length() : slash);
        if (at > scheme + 3) {
            text = text.substring(0, scheme + 3) + HIDDEN + text.substring(at);
        }
        int question = text.indexOf('?');
        if (question < 0) {
            return redact(text);
        }
        var out = new StringBuilder(text.substring(0, question));
        char separator = '?';
        for (String pair : text.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            boolean secret = equals > 0 && isSecretQuery(pair.substring(0, equals));
            out.append(separator).append(secret ? pair.substring(0, equals + 1) + HIDDEN : pair);
            separator = '&';
        }
        return redact(out.toString());
    }

    /** Return whether the values of a header of this name are secret. */
    public static boolean isSecretHeader(String name) {
        return HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Return whether the values of a query parameter of this name are secret. */
    public static boolean isSecretQuery(String name) {
        return PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
    }
}
