package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;

import dev.koine.api.ChatRequest;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.SendOptions;
import dev.koine.core.transport.Transport;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recorded answers to one request.
 *
 * @param name what they show
 * @param whole the whole answer
 * @param stream the same answer as a stream
 */
record Recorded(String name, Body whole, Optional<Body> stream) {

    /** Return what the author recorded, and what the endpoint answers, if there is one. */
    static List<Recorded> all(Subject subject) {
        var all = new ArrayList<Recorded>();
        var dialect = subject.http();
        for (var sample : subject.samples()) {
            all.add(new Recorded(sample.name(), Body.of(200, "application/json", sample.whole()),
                    sample.stream().map(text -> Body.of(200, switch (dialect.framing()) {
                        case SERVER_SENT_EVENTS -> "text/event-stream";
                        case NDJSON -> "application/x-ndjson";
                    }, text))));
        }
        if (subject.does(Behavior.ROUND_TRIP)) {
            try (var endpoint = Endpoint.of(subject);
                    var transport = new Transport(reference -> Optional.of(Endpoint.KEY), text -> text)) {
                var here = subject.http(subject.config(endpoint.origin()));
                all.add(ask(subject, transport, here, "the answer to a question", "echo", Asked.plain(false)));
                if (subject.does(Behavior.TOOLS)) {
                    all.add(ask(subject, transport, here, "the call of a tool", endpoint.toolModel(),
                            Asked.tools(false)));
                }
            }
        }
        require(!all.isEmpty(),
                "there is no answer to decode: override samples(), or simulated() or endpoint() for round trips");
        return all;
    }

    private static Recorded ask(Subject subject, Transport transport, HttpDialect dialect, String name, String model,
            ChatRequest request) {
        return new Recorded(name, ask(transport, dialect, model, request), subject.does(Behavior.STREAMING)
                ? Optional.of(ask(transport, dialect, model, request.toBuilder().stream(true).build()))
                : Optional.empty());
    }

    private static Body ask(Transport transport, HttpDialect dialect, String model, ChatRequest request) {
        var call = given("chat(…)", () -> dialect.chat(ModelTarget.of(model), request));
        try (var answer = transport.send(call, SendOptions.DEFAULT, new Cancellation())) {
            var reply = answer.readAll();
            require(answer.status() < 400, "the endpoint refuses " + call.method() + " " + call.uri().getPath() + ": "
                    + answer.status() + " " + reply.text());
            return new Body(answer.status(), answer.headers(), reply.bytes());
        }
    }
}
