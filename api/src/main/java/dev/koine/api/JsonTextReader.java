package dev.koine.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON text by the grammar of RFC 8259, and nothing beyond it. Used once. */
final class JsonTextReader {
    private static final int DEPTH = 200;

    private final String text;
    private int at;
    private int depth;

    private JsonTextReader(String text) {
        this.text = text;
    }

    static Optional<Json> read(String text) {
        var reader = new JsonTextReader(text);
        try {
            Json value = reader.value();
            reader.blanks();
            return reader.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (NoJson e) {
            return Optional.empty();
        }
    }

    private Json value() {
        blanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(string());
            case 't' -> word("true", Json.of(true));
            case 'f' -> word("false", Json.of(false));
            case 'n' -> word("null", Json.NULL);
            default -> number();
        };
    }

    private Json.Obj object() {
        enter();
        var members = Json.object();
        if (!skip('}')) {
            do {
                blanks();
                String name = string();
                expect(':');
                members.put(name, value());
            } while (skip(','));
            expect('}');
        }
        depth--;
        return members.build();
    }

    private Json.Arr array() {
        enter();
        var items = new ArrayList<Json>();
        if (!skip(']')) {
            do {
                items.add(value());
            } while (skip(','));
            expect(']');
        }
        depth--;
        return new Json.Arr(List.copyOf(items));
    }

    private void enter() {
        at++;
        if (++depth > DEPTH) {
            throw new NoJson();
        }
    }

    private String string() {
        if (peek() != '"') {
            throw new NoJson();
        }
        var value = new StringBuilder();
        int plain = ++at;
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw new NoJson();
            }
            if (c == '"' || c == '\\') {
                value.append(text, plain, at++);
                if (c == '"') {
                    return value.toString();
                }
                value.append(escaped());
                plain = at;
            } else {
                at++;
            }
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++, at++) {
                    code = code << 4 | hex(peek());
                }
                yield (char) code;
            }
            default -> throw new NoJson();
        };
    }

    private static int hex(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new NoJson();
        }
        return digit;
    }

    private Json.Num number() {
        int start = at;
        int end = Json.Num.end(text, start);
        if (end < 0) {
            throw new NoJson();
        }
        at = end;
        return new Json.Num(text.substring(start, end));
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw new NoJson();
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw new NoJson();
        }
    }

    private boolean skip(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NoJson();
        }
        return text.charAt(at);
    }

    /** Leaves the recursion; carries nothing. */
    private static final class NoJson extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoJson() {
            super("no JSON", null, false, false);
        }
    }
}
