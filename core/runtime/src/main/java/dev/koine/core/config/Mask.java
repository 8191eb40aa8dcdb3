package dev.koine.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes what may be a key out of a line of configuration. Cautious rather than exact: it is used on broken files, where
 * nobody knows what a line means.
 */
final class Mask {
    private static final String HIDDEN = "…";
    private static final int SHOWN = 4;
    private static final int LONG = 20;
    private static final Set<String> SECRET_WORDS = Set.of("key", "apikey", "token", "secret", "password", "passwd",
            "passphrase", "authorization", "credential", "credentials");
    private static final Set<String> HARMLESS = Set.of("first-token", "client-key", "idempotency-key");
    private static final List<
            String> KEY_PREFIXES = List.of("sk-", "sk_", "gsk_", "xai-", "pplx-", "hf_", "ghp_", "AIza",
                    "r8_", "nvapi-", "tgp_", "key-", "eyJ");

    private Mask() {}

    /** Return the first characters of a secret, at most four and at most a quarter, and an ellipsis. */
    static String start(String secret) {
        return secret.substring(0, Math.min(SHOWN, secret.length() / 4)) + HIDDEN;
    }

    /** Return whether {@code name}, a key, header or parameter, usually holds a secret: one of its words says so. */
    static boolean isSecretName(String name) {
        String whole = name.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(whole)) {
            return false;
        }
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean mark = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            boolean hump = !mark && i > from && Character.isUpperCase(name.charAt(i))
                    && Character.isLowerCase(name.charAt(i - 1));
            if (mark || hump) {
                if (SECRET_WORDS.contains(whole.substring(from, i))) {
                    return true;
                }
                from = mark ? i + 1 : i;
            }
        }
        return false;
    }

    /** Return {@code text} in which words that look like keys are cut. */
    static String words(String text) {
        return eachWord(credentials(text));
    }

    /** Return a line of TOML in which the values of secret keys, and words that look like keys, are cut. */
    static String line(String line) {
        var out = new StringBuilder();
        int at = 0;
        String key = "";
        int depth = 0;
        int secretFrom = Integer.MAX_VALUE;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '{' || c == '[') {
                depth++;
                secretFrom = isSecretName(lastOf(key)) ? Math.min(secretFrom, depth) : secretFrom;
            } else if (c == '}' || c == ']') {
                secretFrom = depth <= secretFrom ? Integer.MAX_VALUE : secretFrom;
                depth--;
            }
            String holder = depth >= secretFrom ? "secret" : key;
            if (c == '#') {
                return out.append(words(line.substring(at))).toString();
            }
            if (c == '"' || c == '\'') {
                int open = at;
                while (open < line.length() && open < at + 3 && line.charAt(open) == c) {
                    open++;
                }
                int quotes = open - at == 2 ? 1 : open - at;
                int from = at + quotes;
                int end = closing(line, from, c);
                String inside = line.substring(from, end);
                boolean isKey = isFollowedByEquals(line, end + quotes);
                out.append(line, at, from).append(isKey ? inside : value(holder, inside));
                key = isKey ? inside : key;
                at = end;
                if (at < line.length()) {
                    int close = Math.min(line.length(), at + quotes);
                    out.append(line, at, close);
                    at = close;
                }
            } else if (isWord(c)) {
                int end = at;
                while (end < line.length() && isWord(line.charAt(end))) {
                    end++;
                }
                String word = line.substring(at, end);
                boolean isKey = isFollowedByEquals(line, end);
                boolean isValue = !isKey && out.indexOf("=") >= 0;
                out.append(isKey || !isValue ? eachWord(word) : bare(holder, word));
                key = isKey ? word : key;
                at = end;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static String bare(String key, String word) {
        boolean plain = word.equals("true") || word.equals("false")
                || word.chars().allMatch(c -> c >= '0' && c <= '9' || c == '_')
                        && word.length() < LONG / 2;
        return plain ? word : value(key, word);
    }

    private static String value(String key, String inside) {
        if (isSecretName(lastOf(key)) && !isReference(inside)) {
            return inside.isEmpty() ? "" : start(inside);
        }
        return words(inside);
    }

    private static String lastOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Return whether {@code text} says where a secret is, or how it travels, and holds none itself. */
    static boolean isReference(String text) {
        return Validation.isWellFormed(text) || text.startsWith("header:") || text.startsWith("query:");
    }

    private static int closing(String line, int from, char quote) {
        int at = from;
        while (at < line.length() && line.charAt(at) != quote) {
            at += quote == '"' && line.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, line.length());
    }

    private static boolean isFollowedByEquals(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at < line.length() && line.charAt(at) == '=';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/';
    }

    private static boolean isWordOfKey(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private static String eachWord(String text) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (!isWordOfKey(text.charAt(at))) {
                out.append(text.charAt(at++));
                continue;
            }
            int end = at;
            while (end < text.length() && isWordOfKey(text.charAt(end))) {
                end++;
            }
            String word = text.substring(at, end);
            out.append(looksLikeKey(word) ? start(word) : word);
            at = end;
        }
        return out.toString();
    }

    /** Return whether a word begins as the keys of a well-known service do. */
    static boolean beginsLikeKey(String word) {
        return word.length() >= LONG / 2 && KEY_PREFIXES.stream().anyMatch(word::startsWith);
    }

    /**
     * Return whether a word in the path of an address is a key: it begins like one and has a run of letters and digits that
     * a name has not. Names such as {@code xai-production} begin like keys too.
     */
    static boolean isKeyInPath(String word) {
        return beginsLikeKey(word) && hasMixedRun(word, LONG / 2);
    }

    /** A known beginning, or one long run of letters and digits: names are made of shorter ones. */
    static boolean looksLikeKey(String word) {
        return beginsLikeKey(word) || hasMixedRun(word, LONG);
    }

    private static boolean hasMixedRun(String word, int length) {
        int run = 0;
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean mark = c == '-' || c == '_';
            run = mark ? 0 : run + 1;
            digit = !mark && (digit || Character.isDigit(c));
            letter = !mark && (letter || Character.isLetter(c));
            if (run >= length && digit && letter) {
                return true;
            }
        }
        return false;
    }

    /** Cuts user name and password out of an address, and the values of secret query parameters. */
    private static String credentials(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return text;
        }
        int from = scheme + 3;
        int slash = text.indexOf('/', from);
        int at = text.lastIndexOf('@', slash < 0 ? text.length() : slash);
        String clean = at > from ? text.substring(0, from) + HIDDEN + text.substring(at) : text;
        int question = clean.indexOf('?');
        if (question < 0) {
            return clean;
        }
        var out = new StringBuilder(clean.substring(0, question + 1));
        String separator = "";
        for (String pair : clean.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            boolean secret = equals > 0 && isSecretName(pair.substring(0, equals));
            out.append(separator).append(secret ? pair.substring(0, equals + 1) + HIDDEN : pair);
            separator = "&";
        }
        return out.toString();
    }
}
