package dev.koine.cli.ask;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Json;
import dev.koine.api.ToolCall;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.ChatStream;
import java.util.Optional;

/** Writes an answer to standard output while it comes. One for each form of output. */
public abstract sealed class AnswerWriter {
    final Output out;
    private final RedactedDeltas deltas;

    private AnswerWriter(Context context) {
        this.out = context.out();
        this.deltas = new RedactedDeltas(context.koine().redactor());
    }

    static AnswerWriter of(Context context) {
        return switch (context.globals().format()) {
            case TEXT -> new Text(context);
            case JSON -> new Document(context);
            case JSONL -> new Events(context);
            case NAME, CURL -> throw Problem.usage("an answer is written as text, json or jsonl")
                    .why("name lists ids, and curl belongs to --dry-run").fix("koine ask --json …").toException();
        };
    }

    /** Take in what came next. */
    public final void accept(ChatEvent event, ChatStream stream) {
        deltas.accept(event, shown -> write(shown, stream));
    }

    /** Write the end: the problem is there when the answer broke off, or never began. */
    public final void end(ChatStream stream, Optional<Problem> problem) {
        deltas.end(shown -> write(shown, stream));
        finish(stream, problem);
    }

    abstract void write(ChatEvent event, ChatStream stream);

    abstract void finish(ChatStream stream, Optional<Problem> problem);

    /** The answer's text and nothing else. */
    public static final class Text extends AnswerWriter {
        private final boolean terminal;
        private boolean midLine;

        public Text(Context context) {
            super(context);
            this.terminal = context.surroundings().tty().out();
        }

        @Override
        void write(ChatEvent event, ChatStream stream) {
            if (event instanceof ChatEvent.TextDelta(int choice, String text) && choice == 0 && !text.isEmpty()) {
                write(text);
                out.flush();
            }
        }

        private void write(String text) {
            out.print(terminal ? Visible.of(text) : text);
            midLine = !text.endsWith("\n");
        }

        private void endLine() {
            if (midLine) {
                write("\n");
            }
        }

        @Override
        void finish(ChatStream stream, Optional<Problem> problem) {
            endLine();
            ChatResponse answer = stream.response();
            calls(answer.choice());
            answer.choices().stream().skip(1).forEach(this::further);
            out.flush();
        }

        private void further(Choice choice) {
            write("\n" + choice.text());
            endLine();
            calls(choice);
        }

        private void calls(Choice choice) {
            choice.toolCalls().forEach(this::call);
            choice.functionCall().ifPresent(this::call);
        }

        private void call(ToolCall call) {
            write(call.name() + "(" + call.arguments().orElse("") + ")\n");
        }
    }

    /** One document at the end. */
    static final class Document extends AnswerWriter {
        Document(Context context) {
            super(context);
        }

        @Override
        void write(ChatEvent event, ChatStream stream) {}

        @Override
        void finish(ChatStream stream, Optional<Problem> problem) {
            boolean nothingCame = problem.isPresent() && !stream.response().choice().hasContent();
            out.json(nothingCame ? Failures.document(problem.get()) : AnswerDocument.of(stream, problem));
            out.flush();
        }
    }

    /** One line for each event, each as it comes. */
    static final class Events extends AnswerWriter {
        private boolean started;

        Events(Context context) {
            super(context);
        }

        @Override
        void write(ChatEvent event, ChatStream stream) {
            if (!started) {
                started = true;
                var selection = stream.selection();
                line("start", Json.object().put("provider", selection.provider().id())
                        .put("model", selection.model().ref()).put("simulated", selection.provider().isSimulated())
                        .put("request_id", stream.requestId().<Json>map(Json::of).orElse(Json.NULL)).build());
            }
            switch (event) {
                case ChatEvent.TextDelta(int choice, String text) -> delta(choice, "text", Json.of(text));
                case ChatEvent.ReasoningDelta(int choice, String text) -> delta(choice, "reasoning", Json.of(text));
                case ChatEvent.RefusalDelta(int choice, String text) -> delta(choice, "refusal", Json.of(text));
                case ChatEvent.ToolCallDelta call -> delta(call.choice(), "tool_call", call(call));
                default -> {
                    // Everything else stands in the last line.
                }
            }
        }

        private static Json call(ChatEvent.ToolCallDelta call) {
            var json = Json.object().put("position", call.position());
            call.id().ifPresent(id -> json.put("id", id));
            call.name().ifPresent(name -> json.put("name", name));
            call.arguments().ifPresent(arguments -> json.put("arguments", arguments));
            return json.build();
        }

        private void delta(int choice, String kind, Json value) {
            var json = Json.object();
            if (choice > 0) {
                json.put("choice", choice);
            }
            line("delta", json.put(kind, value).build());
        }

        @Override
        void finish(ChatStream stream, Optional<Problem> problem) {
            if (problem.isPresent()) {
                line("error", Failures.document(problem.get()));
            } else {
                line("done", AnswerDocument.of(stream, problem).without("content"));
            }
        }

        private void line(String type, Json.Obj json) {
            var line = Json.object().put("type", type);
            json.members().forEach(line::put);
            out.json(line.build()).flush();
        }
    }
}
