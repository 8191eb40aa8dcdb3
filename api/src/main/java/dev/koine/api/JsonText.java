package dev.koine.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes {@link Json} as compact text, straight to UTF-8. An unpaired surrogate is escaped, so that the text survives UTF-8.
 */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int BLOCK = 512;
    /** The most bytes that one char becomes: a backslash, a u and four digits. */
    private static final int LONGEST = 6;
    /** Which of the ASCII characters are escaped: 1 for those, 0 for the others. */
    private static final byte[] ESCAPED = escaped();

    private final char[] block = new char[BLOCK];
    private byte[] bytes = new byte[BLOCK];
    private int size;

    private JsonText() {}

    static byte[] bytes(Json value) {
        var text = new JsonText();
        text.write(value);
        return Arrays.copyOf(text.bytes, text.size);
    }

    static String string(Json value) {
        var text = new JsonText();
        text.write(value);
        return new String(text.bytes, 0, text.size, UTF_8);
    }

    private void write(Json value) {
        switch (value) {
            case Json.Obj(var members) -> object(members);
            case Json.Arr(var items) -> array(items);
            case Json.Str(var text) -> quoted(text);
            case Json.Num(var literal) -> literal(literal);
            case Json.Bool(var truth) -> literal(truth ? "true" : "false");
            case Json.Null() -> literal("null");
        }
    }

    private void object(Map<String, Json> members) {
        char before = '{';
        for (var member : members.entrySet()) {
            put(before);
            quoted(member.getKey());
            put(':');
            write(member.getValue());
            before = ',';
        }
        literal(members.isEmpty() ? "{}" : "}");
    }

    private void array(List<Json> items) {
        char before = '[';
        for (var item : items) {
            put(before);
            write(item);
            before = ',';
        }
        literal(items.isEmpty() ? "[]" : "]");
    }

    private void quoted(String text) {
        put('"');
        for (int from = 0; from < text.length(); from += BLOCK) {
            block(text, from, Math.min(BLOCK, text.length() - from));
        }
        put('"');
    }

    /** Most characters are plain ASCII, which is copied by fours. */
    private void block(String text, int from, int count) {
        text.getChars(from, from + count, block, 0);
        reserve(count * LONGEST);
        char[] in = block;
        byte[] out = bytes;
        int at = size;
        int i = 0;
        while (i < count) {
            for (; i + 4 <= count; i += 4, at += 4) {
                char a = in[i];
                char b = in[i + 1];
                char c = in[i + 2];
                char d = in[i + 3];
                if ((a | b | c | d) >= 0x80
                        || (ESCAPED[a & 0x7f] | ESCAPED[b & 0x7f] | ESCAPED[c & 0x7f] | ESCAPED[d & 0x7f]) != 0) {
                    break;
                }
                out[at] = (byte) a;
                out[at + 1] = (byte) b;
                out[at + 2] = (byte) c;
                out[at + 3] = (byte) d;
            }
            for (int stop = Math.min(count, i + 4); i < stop; i++) {
                char c = in[i];
                at = c >= 0x80 ? encode(out, at, text, from + i)
                        : ESCAPED[c] == 0 ? put(out, at, c) : escape(out, at, c);
            }
        }
        size = at;
    }

    /** Write a character beyond ASCII; a pair of surrogates is written at its first half. */
    private static int encode(byte[] out, int at, String text, int index) {
        char c = text.charAt(index);
        if (c < 0x800) {
            return put(out, put(out, at, 0xc0 | c >> 6), 0x80 | c & 0x3f);
        }
        if (!Character.isSurrogate(c)) {
            return put(out, put(out, put(out, at, 0xe0 | c >> 12), 0x80 | c >> 6 & 0x3f), 0x80 | c & 0x3f);
        }
        int point = text.codePointAt(index);
        if (point > Character.MAX_VALUE) {
            int half = put(out, put(out, at, 0xf0 | point >> 18), 0x80 | point >> 12 & 0x3f);
            return put(out, put(out, half, 0x80 | point >> 6 & 0x3f), 0x80 | point & 0x3f);
        }
        boolean isSecondHalf = Character.isLowSurrogate(c) && index > 0
                && Character.isHighSurrogate(text.charAt(index - 1));
        return isSecondHalf ? at : escape(out, at, c);
    }

    private static int escape(byte[] out, int at, char c) {
        int next = put(out, at, '\\');
        return switch (c) {
            case '"', '\\' -> put(out, next, c);
            case '\n' -> put(out, next, 'n');
            case '\r' -> put(out, next, 'r');
            case '\t' -> put(out, next, 't');
            default -> {
                int digits = put(out, put(out, put(out, next, 'u'), HEX[c >> 12]), HEX[c >> 8 & 15]);
                yield put(out, put(out, digits, HEX[c >> 4 & 15]), HEX[c & 15]);
            }
        };
    }

    private static int put(byte[] out, int at, int value) {
        out[at] = (byte) value;
        return at + 1;
    }

    private void put(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    private void literal(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }

    private static byte[] escaped() {
        byte[] escaped = new byte[0x80];
        Arrays.fill(escaped, 0, ' ', (byte) 1);
        escaped['"'] = 1;
        escaped['\\'] = 1;
        escaped[0x7f] = 1;
        return escaped;
    }
}
