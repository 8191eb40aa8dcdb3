package dev.koine.core.config;

import java.util.List;

/** Keys as text: dotted, each part quoted where TOML needs it. */
final class Keys {
    private Keys() {}

    static String join(List<String> key) {
        var out = new StringBuilder();
        for (String part : key) {
            if (!out.isEmpty()) {
                out.append('.');
            }
            out.append(isBare(part) ? part : quoted(part));
        }
        return out.toString();
    }

    private static String quoted(String part) {
        return '"' + part.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    private static boolean isBare(String part) {
        return !part.isEmpty() && part.chars().allMatch(
                c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }
}
