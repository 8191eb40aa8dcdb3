package dev.koine.core.json;

import dev.koine.api.Json;
import java.nio.charset.StandardCharsets;

/** Writes JSON text. The compact form is what {@code Json.toString()} gives, so that what is shown is what is sent. */
public final class JsonWriter {
    private JsonWriter() {}

    /** Return compact JSON in UTF-8. */
    public static byte[] bytes(Json value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Return JSON for people: one member or element per line, indented by two blanks, no line feed at the end. */
    public static String pretty(Json value) {
        var out = new StringBuilder();
        append(out, value, "\n");
        return out.toString();
    }

    private static void append(StringBuilder out, Json value, String newline) {
        String inner = newline + "  ";
        switch (value) {
            case Json.Obj(var members) when !members.isEmpty() -> {
                String before = "{" + inner;
                for (var member : members.entrySet()) {
                    out.append(before).append(Json.of(member.getKey())).append(": ");
                    append(out, member.getValue(), inner);
                    before = "," + inner;
                }
                out.append(newline).append('}');
            }
            case Json.Arr(var items) when !items.isEmpty() -> {
                String before = "[" + inner;
                for (var item : items) {
                    out.append(before);
                    append(out, item, inner);
                    before = "," + inner;
                }
                out.append(newline).append(']');
            }
            default -> out.append(value);
        }
    }
}
