package dev.koine.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A chat request whose form was found good. */
record ChatRequest(Json.Obj body, long serial) {
    /** One message: role and text, text parts joined. */
    record Message(String role, String text) {}

    List<Message> messages() {
        return body.items("messages").stream().flatMap(item -> item.asObject().stream())
                .map(item -> new Message(item.text("role").orElse(""), text(item.get("content")))).toList();
    }

    private static String text(Optional<Json> content) {
        return switch (content.orElse(new Json.Null())) {
            case Json.Str string -> string.value();
            case Json.Arr parts -> parts.items().stream().flatMap(part -> part.asObject().stream())
                    .flatMap(part -> part.text("text").stream()).collect(Collectors.joining());
            default -> "";
        };
    }

    /** Return the last message of the user; empty text when there is none. */
    String lastUserText() {
        return messages().reversed().stream().filter(message -> message.role().equals("user")).findFirst()
                .map(Message::text).orElse("");
    }

    boolean streamed() {
        return body.isTrue("stream");
    }

    boolean wantsUsage() {
        return body.object("stream_options").filter(options -> options.isTrue("include_usage")).isPresent();
    }

    int choices() {
        return body.get("n").flatMap(Json::asInt).map(n -> Math.clamp(n, 1, OpenAiRules.MOST_CHOICES)).orElse(1);
    }

    /** Return the limit of the answer in pieces; without one, the largest int. */
    int maxTokens() {
        return body.get("max_completion_tokens").or(() -> body.get("max_tokens")).flatMap(Json::asInt)
                .map(limit -> Math.max(0, limit)).orElse(Integer.MAX_VALUE);
    }

    List<String> stops() {
        return body.text("stop").map(List::of)
                .orElseGet(() -> body.items("stop").stream().flatMap(item -> item.asText().stream()).toList())
                .stream().filter(stop -> !stop.isEmpty()).toList();
    }

    /** Return the functions that are offered; none when {@code tool_choice} forbids all. */
    List<Json.Obj> functions() {
        boolean forbidden = body.text("tool_choice").filter("none"::equals).isPresent();
        return forbidden ? List.of()
                : body.items("tools").stream().flatMap(tool -> tool.asObject().stream())
                        .flatMap(tool -> tool.object("function").stream()).toList();
    }

    /** Return the function that must be called, by name. */
    Optional<String> forcedFunction() {
        return body.object("tool_choice").flatMap(choice -> choice.object("function"))
                .flatMap(function -> function.text("name"));
    }

    /** Return how many words were sent; the simulator's count of tokens. */
    int promptTokens() {
        return messages().stream().mapToInt(message -> Answer.pieces(message.text()).size()).sum();
    }
}
