package dev.koine.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model that is not one. */
interface SimulatedModel {
    /** Answer by a rule: the same request gives the same answer. */
    Answer answer(ChatRequest request);

    /** Return whether there is a pause before each piece. */
    default boolean paced() {
        return false;
    }

    /** Return the fault of the next answer. */
    default Fault nextFault() {
        return Fault.none();
    }

    /** Return the built-in models in the order in which they are listed. */
    static Map<String, SimulatedModel> builtIn(List<Topic> topics) {
        Map<String, SimulatedModel> models = new LinkedHashMap<>();
        SimulatedModel echo = request -> Answer.of(request.lastUserText());
        models.put("echo", echo);
        models.put("slow", new Slow());
        models.put("flaky", new Flaky());
        models.put("markdown", _ -> Answer.of(MARKDOWN));
        models.put("tutor", new Tutor(topics));
        models.put("tools", new ToolCaller());
        models.put("reasoner", request -> Answer.reasoned("The question is: " + request.lastUserText()
                + "\nI am simulated, so I repeat it.", "You asked: " + request.lastUserText()));
        return models;
    }

    /** Counts to a hundred, taking its time. */
    final class Slow implements SimulatedModel {
        private static final String NUMBERS = IntStream.rangeClosed(1, 100).mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));

        @Override
        public Answer answer(ChatRequest request) {
            return Answer.of(NUMBERS);
        }

        @Override
        public boolean paced() {
            return true;
        }
    }

    /** Fails in four ways, one after another, before it answers well. */
    final class Flaky implements SimulatedModel {
        private static final List<Fault> TURNS = List.of(Fault.rateLimited(Duration.ofMillis(200)),
                Fault.serverError(), Fault.cutAfter(3), Fault.html(502), Fault.none());
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Answer answer(ChatRequest request) {
            return Answer.of("This time it worked: " + request.lastUserText());
        }

        @Override
        public Fault nextFault() {
            return TURNS.get(Math.floorMod(asked.getAndIncrement(), TURNS.size()));
        }
    }

    /** A text with everything that a renderer of Markdown meets first. */
    String MARKDOWN = """
            # A heading

            Some *emphasis*, some **weight**, some `code`, and a [link](https://example.com).

            - first item
            - second item
              - an item below it

            1. one
            2. two

            ```java
            void main() {
                IO.println("Hello, world");
            }
            ```

            | dialect     | path                   |
            |-------------|------------------------|
            | openai      | `/v1/chat/completions` |
            | openai-bare | `/chat/completions`    |

            > A quotation.
            """;
}
