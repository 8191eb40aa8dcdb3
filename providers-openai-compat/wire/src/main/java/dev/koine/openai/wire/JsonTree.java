package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into {@link Json} values, and those values leniently. */
final class JsonTree {
    /** The engine limits sizes; only the depth is limited here, for the sake of the stack. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE).maxNumberLength(1_000_000).maxNameLength(10_000_000).build())
            .build();

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    private JsonTree() {}

    /** Return the text as JSON; empty when it is none. */
    static Optional<Json> parse(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            var value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Return the value at which the parser stands, and leave the parser at its last token. */
    static Json value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            default -> Json.NULL;
        };
    }

    private static Json.Obj object(JsonParser parser) {
        var members = Json.object();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members.build();
    }

    private static Json.Arr array(JsonParser parser) {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }

    /** Return a scalar as text, a structure as JSON text; empty for null. */
    static Optional<String> asText(Json value) {
        return switch (value) {
            case Json.Null() -> Optional.empty();
            case Json.Str(var text) -> Optional.of(text);
            default -> Optional.of(value.toString());
        };
    }

    /** Return a member as text, whatever its type; empty when it is missing or null. */
    static Optional<String> text(Json.Obj object, String name) {
        return object.get(name).flatMap(JsonTree::asText);
    }

    /** Return a string member that is not empty. */
    static Optional<String> filled(Json.Obj object, String name) {
        return object.text(name).filter(text -> !text.isEmpty());
    }

    /** Return a whole number that may be written as a string. */
    static OptionalLong asLong(Json value) {
        return switch (value) {
            case Json.Num number -> number.asLong();
            case Json.Str(var text) when DIGITS.matcher(text).matches() -> OptionalLong.of(Long.parseLong(text));
            default -> OptionalLong.empty();
        };
    }

    /** Return a whole-number member; empty when it is missing or no whole number. */
    static OptionalLong number(Json.Obj object, String name) {
        return object.get(name).map(JsonTree::asLong).orElse(OptionalLong.empty());
    }

    /** Return a member that is an HTTP status of an error. */
    static OptionalInt errorStatus(Json.Obj object, String name) {
        var number = number(object, name);
        return number.isPresent() && number.getAsLong() >= 400 && number.getAsLong() <= 599
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }
}
