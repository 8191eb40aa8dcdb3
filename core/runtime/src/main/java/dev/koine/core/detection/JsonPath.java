package dev.koine.core.detection;

import dev.koine.api.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in a JSON answer: member names with dots between them, {@code []} behind a name for any element of the array
 * that it has, such as {@code data[].owned_by}; {@code []} in front for an answer that is an array itself.
 *
 * @param steps the names and {@code []} in order
 */
record JsonPath(List<String> steps) {
    private static final Pattern FORM = Pattern
            .compile("(\\[\\]|[A-Za-z0-9_-]+(\\[\\])?)(\\.[A-Za-z0-9_-]+(\\[\\])?)*");

    JsonPath {
        steps = List.copyOf(steps);
    }

    /** Return the path that a text names, or empty when it names none. */
    static Optional<JsonPath> of(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new JsonPath(Stream.of(text.replace("[]", ".[]").split("\\."))
                        .filter(step -> !step.isEmpty()).toList()))
                : Optional.empty();
    }

    /** Return what stands there: every value where the path goes through an array. */
    Stream<Json> in(Json root) {
        Stream<Json> found = Stream.of(root);
        for (String step : steps) {
            found = found.flatMap(value -> inside(value, step));
        }
        return found;
    }

    private static Stream<Json> inside(Json value, String step) {
        if (step.equals("[]")) {
            return value instanceof Json.Arr(List<Json> items) ? items.stream() : Stream.empty();
        }
        return value instanceof Json.Obj object ? object.get(step).stream() : Stream.empty();
    }

    /** Return a value as text: a string without its quotes, anything else as JSON. */
    static String text(Json value) {
        return value instanceof Json.Str(String text) ? text : value.toString();
    }
}
