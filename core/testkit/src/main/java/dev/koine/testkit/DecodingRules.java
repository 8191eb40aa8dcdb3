package dev.koine.testkit;

import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Outcome;
import dev.koine.spi.HttpDialect;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a dialect makes of answers. */
final class DecodingRules {
    private static final Set<Outcome> COMPLETE = Set.of(Outcome.COMPLETE, Outcome.TOOL_CALLS);

    private final Subject subject;

    DecodingRules(Subject subject) {
        this.subject = subject;
    }

    /** What two ways of giving one answer must agree on; ids and times differ from request to request. */
    private record Said(String text, String reasoning, Optional<String> refusal, List<String> calls, Outcome outcome) {
        static Said of(ChatResponse response) {
            Choice choice = response.choice();
            return new Said(choice.text(), choice.reasoning(), choice.refusal(), choice.toolCalls().stream()
                    .map(call -> call.name() + " " + call.arguments().orElse("")).toList(), response.outcome());
        }
    }

    void aStreamSaysTheSameAsTheWholeAnswer() {
        var dialect = subject.http();
        try (var reading = new Reading()) {
            for (var recorded : Recorded.all(subject)) {
                var whole = whole(reading, dialect, recorded);
                endsOnce(recorded.name() + ", whole,", whole);
                var said = Said.of(Reading.gathered(whole));
                require(COMPLETE.contains(said.outcome()) || said.outcome() != Outcome.ERROR,
                        recorded.name() + " is decoded as a failure: " + Reading.gathered(whole).failure()
                                .map(failure -> failure.message()).orElse(""));
                recorded.stream().ifPresent(body -> {
                    var streamed = stream(reading, dialect, recorded.name(), body,
                            body.stream());
                    endsOnce(recorded.name() + ", streamed,", streamed.events());
                    var other = Said.of(streamed.response());
                    require(said.equals(other), recorded.name() + " is " + said + " as a whole, and " + other
                            + " as a stream");
                });
            }
        }
    }

    void everySplitOfAStreamIsReadAlike() {
        eachStream((reading, dialect, name, body) -> {
            var wanted = stream(reading, dialect, name, body, body.stream()).events();
            for (int at = 1; at < body.length(); at++) {
                var events = stream(reading, dialect, name, body, body.splitAt(at)).events();
                require(events.equals(wanted), name + " is read differently when it comes in two pieces, split at byte "
                        + at + " of " + body.length());
            }
        });
    }

    void aCutStreamIsNeverComplete() {
        eachStream((reading, dialect, name, body) -> {
            for (int at = 0; at < body.length(); at++) {
                var cut = stream(reading, dialect, name, body, body.lostAt(at));
                var outcome = cut.response().outcome();
                require(cut.declared() || !COMPLETE.contains(outcome), name + ", cut off at byte " + at + " of "
                        + body.length() + ", is " + outcome + "; end(CUT, …) must not claim that it is whole");
                endsOnce(name + ", cut off at byte " + at + ",", cut.events());
            }
        });
    }

    void garbageIsAFailureAndNoAnswer() {
        var dialect = subject.http();
        try (var reading = new Reading()) {
            for (var garbage : Garbage.bodies()) {
                var body = Body.of(200, garbage.contentType(), garbage.text());
                var recorded = new Recorded(garbage.name(), body, Optional.of(body));
                var whole = whole(reading, dialect, recorded);
                endsOnce(garbage.name() + ", as a whole answer,", whole);
                require(!COMPLETE.contains(Reading.gathered(whole).outcome()),
                        garbage.name() + ", as a whole answer, is decoded as complete");
                if (subject.does(Behavior.STREAMING)) {
                    for (var framed : Garbage.framed(garbage.text())) {
                        var events = stream(reading, dialect, garbage.name(), body, new ByteArrayInputStream(framed))
                                .events();
                        endsOnce(garbage.name() + ", as a stream,", events);
                        require(!COMPLETE.contains(Reading.gathered(events).outcome()),
                                garbage.name() + ", as a stream, is decoded as complete");
                    }
                }
            }
        }
    }

    /** Work with one recorded stream. */
    private interface Work {
        void with(Reading reading, HttpDialect dialect, String name, Body body);
    }

    private void eachStream(Work work) {
        var dialect = subject.http();
        assumeTrue(subject.does(Behavior.STREAMING), "the dialect does not stream");
        try (var reading = new Reading()) {
            for (var recorded : Recorded.all(subject)) {
                work.with(reading, dialect, recorded.name(), recorded.stream().orElseThrow());
            }
        }
    }

    private static List<ChatEvent> whole(Reading reading, HttpDialect dialect, Recorded recorded) {
        return Verdict.given("decode of " + recorded.name(), () -> reading.whole(dialect, recorded.whole()));
    }

    private static Reading.Streamed stream(Reading reading, HttpDialect dialect, String name, Body body,
            InputStream bytes) {
        return Verdict.given("the stream decoder, at " + name + ",", () -> reading.stream(dialect, body, bytes));
    }

    private static void endsOnce(String what, List<ChatEvent> events) {
        var ends = new ArrayList<ChatEvent>();
        for (var event : events) {
            require(event != null, what + " gives an event that is null");
            require(ends.isEmpty(), what + " goes on behind its end: " + event);
            if (event instanceof ChatEvent.Ended || event instanceof ChatEvent.Failed) {
                ends.add(event);
            }
        }
        require(!ends.isEmpty(), what + " does not end with Ended or Failed");
    }
}
