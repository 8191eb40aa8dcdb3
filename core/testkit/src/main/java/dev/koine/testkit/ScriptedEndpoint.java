package dev.koine.testkit;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An endpoint that speaks the dialect's own wire form, for dialects that the simulator does not speak. The contract puts
 * it behind a real HTTP server on loopback, checks the key before it is asked, and cuts or stalls its answers.
 *
 * <p>It stands for a model that repeats what it is told:
 *
 * <ul>
 * <li>a chat request is answered with the text of its last message, in pieces if a stream is asked for;
 * <li>one that offers tools is answered with a call of the first tool, with any arguments;
 * <li>a request for models or embeddings, where the dialect has them, is answered with what is right for it.
 * </ul>
 *
 * <p>Called by several threads.
 */
@FunctionalInterface
public interface ScriptedEndpoint {

    /** Answer a request that carries the right key, or needs none. */
    Answer answer(Request request);

    /** Answer a request with a wrong key or none; 401 with an empty object unless overridden. */
    default Answer refuse(Request request) {
        return Answer.json(401, "{}");
    }

    /**
     * A request as it arrived.
     *
     * @param method the method, such as {@code POST}
     * @param path the path as sent, still encoded, without the query
     * @param headers the headers, by lower-case name
     * @param body the body; empty when it is no JSON
     */
    record Request(String method, String path, Map<String, List<String>> headers, Optional<Json> body) {
        public Request {
            requireNonNull(method, "method is null");
            requireNonNull(path, "path is null");
            headers = Map.copyOf(headers);
            requireNonNull(body, "body is null");
        }

        /** Return the body as an object; an empty one where it is none. */
        public Json.Obj object() {
            return body.orElse(Json.NULL) instanceof Json.Obj object ? object : Json.EMPTY;
        }
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param pieces the body, sent piece by piece; at least three pieces for a stream, so that it can be cut
     */
    record Answer(int status, String contentType, List<String> pieces) {
        public Answer {
            requireNonNull(contentType, "contentType is null");
            pieces = List.copyOf(pieces);
        }

        /** Return a whole answer of JSON. */
        public static Answer json(int status, String body) {
            return new Answer(status, "application/json", List.of(body));
        }

        /** Return a stream of JSON values, one per line. */
        public static Answer ndjson(String... values) {
            return new Answer(200, "application/x-ndjson", Stream.of(values).map(value -> value + "\n").toList());
        }

        /** Return a stream of server-sent events with these data. */
        public static Answer events(String... data) {
            return new Answer(200, "text/event-stream", Stream.of(data)
                    .map(text -> text.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining()) + "\n")
                    .toList());
        }
    }
}
