package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the error in a body or chunk, in any of the shapes that services use. */
final class ErrorShape {
    private static final List<String> PLAIN_MESSAGES = List.of("error_msg", "error_message", "errorMessage", "msg",
            "Message");
    private static final List<String> SPANS = List.of("retry_after", "retry_after_seconds", "retryAfter",
            "retry-after", "Retry-After", "resets_in_seconds", "estimated_time");
    /** Codes and reasons at places where only some services have them. */
    private static final List<String> REASONS = List.of("status", "reason", "error_code", "errorCode", "key");

    private ErrorShape() {}

    /** Return the error that a value is by its shape alone; empty when it looks like none. */
    static Optional<WireError> of(Json body) {
        return switch (body) {
            case Json.Arr(var items) when !items.isEmpty() && items.getFirst() instanceof Json.Obj first -> of(first);
            case Json.Obj object -> inError(object).or(() -> flat(object, false)).or(() -> inDetail(object))
                    .or(() -> plain(object)).or(() -> inFault(object)).or(() -> inErrors(object))
                    .or(() -> inBaseResponse(object));
            default -> Optional.empty();
        };
    }

    /** Return the error in a value that is known to be one, whatever its shape. */
    static WireError read(Json body) {
        return of(body).orElseGet(() -> switch (body) {
            case Json.Obj object when object.isEmpty() -> WireError.of("");
            case Json.Obj object -> flat(object, true).or(() -> titled(object))
                    .orElseGet(() -> WireError.of(object.toString()));
            case Json.Arr(var items) when items.isEmpty() -> WireError.of("");
            case Json.Str(var text) -> WireError.of(text);
            default -> WireError.of(body.toString());
        });
    }

    /** Return the error that is itself the value of an {@code error} field. */
    static WireError readInner(Json error) {
        return read(Json.object().put("error", error).build());
    }

    /** {@code {"error": …}}: an object, a text, or whatever else. */
    private static Optional<WireError> inError(Json.Obj body) {
        var error = body.get("error").orElse(Json.NULL);
        return switch (error) {
            case Json.Obj inner when inner.isEmpty() -> Optional.empty();
            case Json.Obj inner -> Optional.of(fields(inner, body));
            case Json.Str(var text) when !text.isEmpty() -> Optional
                    .of(read(Optional.of(text), body, body, "error_type"));
            case Json.Arr(var items) when !items.isEmpty() -> Optional.of(items.getFirst() instanceof Json.Obj first
                    ? fields(first, body)
                    : read(Optional.of(error.toString()), body, body, "error_type"));
            case Json.Bool(var truth) when truth -> Optional.of(fields(body, body));
            case Json.Num ignored -> Optional.of(fields(body, body));
            default -> Optional.empty();
        };
    }

    private static WireError fields(Json.Obj error, Json.Obj body) {
        var inner = error.object("error");
        if (inner.isPresent() && error.get("message").isEmpty()) {
            return fields(inner.get(), error);
        }
        var message = JsonTree.text(error, "message").or(() -> PLAIN_MESSAGES.stream()
                .flatMap(name -> JsonTree.text(error, name).stream()).findFirst())
                .or(() -> JsonTree.text(error, "detail")).or(() -> JsonTree.text(error, "description"));
        return read(message, error, body, "type");
    }

    /** A bare object with {@code message} and {@code code} or {@code type}. */
    private static Optional<WireError> flat(Json.Obj body, boolean messageIsEnough) {
        boolean named = Stream.of("code", "type").anyMatch(name -> JsonTree.text(body, name).isPresent())
                || body.text("object").orElse("").equals("error") || body.text("status").orElse("").equals("failure")
                || body.get("success").filter(new Json.Bool(false)::equals).isPresent();
        if (JsonTree.text(body, "message").isEmpty() || body.get("choices").isPresent()
                || !(named || messageIsEnough)) {
            return Optional.empty();
        }
        return Optional.of(fields(body, body));
    }

    /** A problem report (RFC 9457) without a detail. */
    private static Optional<WireError> titled(Json.Obj body) {
        return JsonTree.filled(body, "title").map(title -> read(Optional.of(title), body, body, "type"));
    }

    private static Optional<WireError> inDetail(Json.Obj body) {
        return JsonTree.text(body, "detail").map(detail -> read(Optional.of(detail), body, body, "type"));
    }

    private static Optional<WireError> plain(Json.Obj body) {
        var coded = body.get("code").isPresent() ? body
                : body.get("error_code").map(code -> body.with("code", code)).orElse(body);
        return PLAIN_MESSAGES.stream().flatMap(name -> JsonTree.filled(body, name).stream()).findFirst()
                .map(message -> read(Optional.of(message), coded, body, "type"));
    }

    private static Optional<WireError> inFault(Json.Obj body) {
        return body.object("fault").map(fault -> {
            var detail = fault.object("detail").orElse(Json.EMPTY);
            var message = JsonTree.text(fault, "faultstring").or(() -> JsonTree.text(fault, "message"));
            return read(message, detail.get("errorcode").map(code -> Json.EMPTY.with("code", code)).orElse(fault), body,
                    "type");
        });
    }

    /** {@code {"base_resp": {"status_code": 1004, "status_msg": …}}}; its code is 0 where all is well. */
    private static Optional<WireError> inBaseResponse(Json.Obj body) {
        return body.object("base_resp").filter(state -> JsonTree.number(state, "status_code").orElse(0) != 0)
                .map(state -> read(JsonTree.text(state, "status_msg"),
                        JsonTree.text(state, "status_code").map(code -> Json.EMPTY.with("code", Json.of(code)))
                                .orElse(Json.EMPTY),
                        body, "type"));
    }

    private static Optional<WireError> inErrors(Json.Obj body) {
        var errors = body.list("errors");
        var alone = body.object("errors").filter(error -> error.get("message").isPresent());
        if (alone.isPresent()) {
            return Optional.of(fields(alone.get(), body));
        }
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(errors.getFirst() instanceof Json.Obj first
                ? fields(first, body)
                : WireError.of(JsonTree.asText(errors.getFirst()).orElse("")));
    }

    /** Return the words in a message that is JSON text: where something is wrong, and what. */
    static Optional<String> words(String message) {
        if (!message.startsWith("{") && !message.startsWith("[")) {
            return Optional.empty();
        }
        return JsonTree.parse(message).map(ErrorShape::words).filter(words -> !words.isEmpty());
    }

    private static String words(Json value) {
        return switch (value) {
            case Json.Arr(var items) -> items.stream().map(ErrorShape::words).filter(words -> !words.isEmpty())
                    .collect(Collectors.joining("; "));
            case Json.Obj object when object.text("msg").isPresent() -> Stream.concat(
                    object.list("loc").stream().flatMap(place -> JsonTree.asText(place).stream())
                            .filter(place -> !place.equals("body")).collect(Collectors.joining("."))
                            .transform(place -> place.isEmpty() ? Stream.empty() : Stream.of(place)),
                    object.text("msg").stream()).collect(Collectors.joining(": "));
            case Json.Obj object -> object.get("detail").or(() -> object.get("message")).or(() -> object.get("error"))
                    .map(ErrorShape::words).orElse("");
            case Json.Str(var text) -> text;
            default -> "";
        };
    }

    private static WireError read(Optional<String> message, Json.Obj error, Json.Obj body, String typeName) {
        var metadata = error.object("metadata").orElse(Json.EMPTY);
        var upstream = JsonTree.text(metadata, "raw");
        var delay = delay(error).or(() -> asked(error)).or(() -> asked(body)).or(() -> asked(metadata))
                .or(() -> metadata.object("headers").flatMap(ErrorShape::asked))
                .or(() -> message.flatMap(Delays::inText)).or(() -> upstream.flatMap(Delays::inText));
        var type = JsonTree.text(error, typeName).or(() -> typeName.equals("type") ? error.text("status") : JsonTree
                .text(error, "type"));
        return new WireError(message, JsonTree.text(error, "code"), type, JsonTree.text(error, "param"), upstream,
                filtered(error), error.text("failed_generation"), status(error, body), requestId(error, body), delay,
                until(error, metadata), hints(error, metadata));
    }

    private static List<String> filtered(Json.Obj error) {
        var inner = error.object("innererror").or(() -> error.object("inner_error")).orElse(error);
        return Stream.of("content_filter_result", "content_filter_results")
                .flatMap(name -> inner.object(name).or(() -> error.object(name)).stream())
                .flatMap(report -> FilterReader.categories(report).stream()).distinct().toList();
    }

    private static OptionalInt status(Json.Obj error, Json.Obj body) {
        return Stream.of(JsonTree.errorStatus(error, "status_code"), JsonTree.errorStatus(error, "http_status_code"),
                JsonTree.errorStatus(error, "status"), JsonTree.errorStatus(error, "raw_status_code"),
                JsonTree.errorStatus(error, "code"), JsonTree.errorStatus(body, "status"),
                JsonTree.errorStatus(body, "status_code"), JsonTree.errorStatus(body, "code"))
                .filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
    }

    private static Optional<String> requestId(Json.Obj error, Json.Obj body) {
        // The id of a chunk or an answer is not the request's.
        boolean isAnswer = body.get("choices").isPresent() || body.get("model").isPresent();
        return JsonTree.filled(body, "request_id").or(() -> JsonTree.filled(error, "request_id"))
                .or(() -> isAnswer ? Optional.empty() : JsonTree.filled(body, "id"));
    }

    private static Optional<Duration> asked(Json.Obj object) {
        return SPANS.stream()
                .flatMap(name -> JsonTree.text(object, name).stream()).flatMap(text -> Delays.seconds(text).stream())
                .findFirst().or(() -> JsonTree.text(object, "retry_after_ms").flatMap(Delays::millis));
    }

    /** The point in time of a limit's new beginning: in the error, or in headers that a router wrote into it. */
    private static Optional<Instant> until(Json.Obj error, Json.Obj metadata) {
        var headers = metadata.object("headers").orElse(Json.EMPTY);
        return JsonTree.text(error, "resets_at").flatMap(Delays::moment)
                .or(() -> headers.members().entrySet().stream()
                        .filter(header -> header.getKey().toLowerCase(Locale.ROOT)
                                .matches("(x-)?ratelimit-reset(-.*)?"))
                        .flatMap(header -> JsonTree.asText(header.getValue()).stream())
                        .flatMap(text -> Delays.moment(text).stream()).max(Comparator.naturalOrder()));
    }

    private static Optional<Duration> delay(Json.Obj error) {
        return details(error).flatMap(detail -> JsonTree.filled(detail, "retryDelay").stream()).findFirst()
                .flatMap(Delays::span);
    }

    /** Words beside the message that tell the kind: reasons in details, an inner code, a router's reasons. */
    private static List<String> hints(Json.Obj error, Json.Obj metadata) {
        var hints = new ArrayList<String>();
        details(error).forEach(detail -> JsonTree.filled(detail, "reason").ifPresent(hints::add));
        error.object("innererror").flatMap(inner -> JsonTree.filled(inner, "code")).ifPresent(hints::add);
        if (!metadata.list("reasons").isEmpty() || metadata.get("flagged_input").isPresent()) {
            hints.add("content_filter");
        }
        REASONS.forEach(name -> error.text(name).ifPresent(hints::add));
        error.list("error_chain").forEach(link -> {
            if (link instanceof Json.Obj cause) {
                JsonTree.filled(cause, "message").ifPresent(hints::add);
            }
        });
        return hints;
    }

    private static Stream<Json.Obj> details(Json.Obj error) {
        return error.list("details").stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
    }
}
