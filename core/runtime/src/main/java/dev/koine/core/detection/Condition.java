package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer must be like. Everything that is named must hold; the more is named, the more an answer proves that is
 * so.
 *
 * @param asked what it may answer; none means anything
 * @param status the statuses that it may have; none means any
 * @param type what its content type must hold
 * @param headers patterns by lower-case header name
 * @param json patterns by place; a place must be there and its text must have the pattern in it
 * @param lacks places that must not be there
 * @param body a pattern that must be in the body
 * @param empty whether the body must be empty
 */
record Condition(Set<Asked> asked, Set<Integer> status, Optional<String> type, Map<String, Pattern> headers,
        Map<JsonPath, Pattern> json, List<JsonPath> lacks, Optional<Pattern> body, boolean empty) {
    Condition {
        asked = Set.copyOf(asked);
        status = Set.copyOf(status);
        requireNonNull(type, "type is null");
        headers = Map.copyOf(headers);
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
        lacks = List.copyOf(lacks);
        requireNonNull(body, "body is null");
    }

    boolean holds(Answer answer) {
        return (asked.isEmpty() || asked.contains(answer.asked()))
                && (status.isEmpty() || status.contains(answer.status()))
                && type.filter(word -> !answer.contentType().orElse("").contains(word)).isEmpty()
                && headers.entrySet().stream().allMatch(entry -> answer.header(entry.getKey())
                        .filter(value -> entry.getValue().matcher(value).find()).isPresent())
                && json.entrySet().stream().allMatch(entry -> answer.json()
                        .filter(root -> has(root, entry.getKey(), entry.getValue())).isPresent())
                && lacks.stream().noneMatch(path -> answer.json().filter(root -> path.in(root).findAny().isPresent())
                        .isPresent())
                && body.filter(pattern -> !pattern.matcher(answer.text()).find()).isEmpty()
                && (!empty || answer.text().isBlank());
    }

    /** Return how much is named. */
    int weight() {
        return (asked.isEmpty() ? 0 : 1) + (status.isEmpty() ? 0 : 1) + (type.isPresent() ? 1 : 0)
                + 2 * headers.size() + 2 * json.size() + lacks.size() + (body.isPresent() ? 2 : 0) + (empty ? 1 : 0);
    }

    private static boolean has(Json root, JsonPath path, Pattern pattern) {
        return path.in(root).anyMatch(value -> pattern.matcher(JsonPath.text(value)).find());
    }
}
