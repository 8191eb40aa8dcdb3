package com.example.ollama;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.Usage;
import dev.koine.spi.Frame;
import dev.koine.spi.StreamDecoder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Decodes an answer line by line: text, thinking and whole tool calls, and at the end {@code "done": true} with the reason
 * and the counts. An error that comes after the first line is a line with {@code error}.
 */
final class Lines implements StreamDecoder {
    private final Failures failures;
    private boolean identified;
    private boolean done;
    private boolean failed;
    private int calls;

    Lines(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void accept(Frame frame, Consumer<ChatEvent> sink) {
        if (!done && !failed && !frame.json().map(line -> accept(line, sink)).orElse(false) && !failed) {
            fail(failures.unexpected(frame), sink);
        }
    }

    /** Take in a line; return whether it is one of a chat. */
    boolean accept(Json line, Consumer<ChatEvent> sink) {
        if (!(line instanceof Json.Obj object)) {
            return false;
        }
        if (object.get("error").isPresent()) {
            fail(failures.inAnswer(object), sink);
            return false;
        }
        done = object.get("done").equals(Optional.of(Json.of(true)));
        Optional<Json.Obj> message = object.object("message");
        if (message.isEmpty() && !done) {
            return false;
        }
        if (!identified) {
            identified = true;
            sink.accept(new ChatEvent.Identified(Optional.empty(), object.text("model")));
        }
        message.ifPresent(said -> message(said, sink));
        object.get("logprobs").filter(Json.Arr.class::isInstance)
                .ifPresent(list -> sink.accept(new ChatEvent.Logprobs(0, list)));
        if (done) {
            object.text("done_reason").ifPresent(reason -> sink.accept(new ChatEvent.Finished(0, reason)));
            usage(object, sink);
        }
        return true;
    }

    private void message(Json.Obj said, Consumer<ChatEvent> sink) {
        said.text("thinking").filter(text -> !text.isEmpty())
                .ifPresent(text -> sink.accept(new ChatEvent.ReasoningDelta(0, text)));
        said.text("content").filter(text -> !text.isEmpty())
                .ifPresent(text -> sink.accept(new ChatEvent.TextDelta(0, text)));
        for (Json call : said.list("tool_calls")) {
            if (call instanceof Json.Obj object && object.object("function").isPresent()) {
                Json.Obj function = object.object("function").get();
                sink.accept(new ChatEvent.ToolCallDelta(0, calls++, object.text("id"), object.text("type"),
                        function.text("name"), function.get("arguments").map(Json::toString)));
            }
        }
    }

    /** Ollama counts the tokens of question and answer, and times everything in nanoseconds; the rest stays unsaid. */
    private static void usage(Json.Obj line, Consumer<ChatEvent> sink) {
        OptionalLong input = count(line, "prompt_eval_count");
        OptionalLong output = count(line, "eval_count");
        if (input.isPresent() || output.isPresent()) {
            var raw = line.without("model").without("created_at").without("message").without("done")
                    .without("done_reason").without("logprobs");
            sink.accept(new ChatEvent.UsageReported(new Usage(input, output, OptionalLong.empty(),
                    OptionalLong.empty(), OptionalLong.empty(), raw)));
        }
    }

    private static OptionalLong count(Json.Obj line, String name) {
        return line.get(name).orElse(Json.NULL) instanceof Json.Num number ? number.asLong() : OptionalLong.empty();
    }

    @Override
    public boolean isDone() {
        return done;
    }

    boolean hasFailed() {
        return failed;
    }

    @Override
    public void end(End end, Consumer<ChatEvent> sink) {
        if (failed) {
            return;
        }
        if (!identified) {
            fail(ProviderFailure.of(FailureKind.EMPTY, "the answer is empty"), sink);
        } else if (!done && end == End.CUT) {
            fail(ProviderFailure.of(FailureKind.STREAM_CUT, "the connection was lost in the middle of the answer"),
                    sink);
        } else {
            sink.accept(new ChatEvent.Ended(done));
        }
    }

    private void fail(ProviderFailure failure, Consumer<ChatEvent> sink) {
        failed = true;
        sink.accept(new ChatEvent.Failed(failure));
    }
}
