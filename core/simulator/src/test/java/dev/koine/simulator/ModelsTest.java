package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static dev.koine.simulator.RawHttp.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final List<Topic> TOPICS = List.of(
            new Topic("keys", "A key is stored with keys set. It is never written into the configuration."),
            new Topic("providers", "A provider is an endpoint and its dialect. Add one with providers add."),
            new Topic("streaming", "Answers stream as they come.\n\n" + "Filler about nothing at all. ".repeat(60)
                    + "\n\nBuffering proxies hold a stream back."));

    private final Simulator simulator = Simulator.builder().topics(TOPICS).pause(Duration.ofMillis(1))
            .model("shout", text -> text.toUpperCase(Locale.ROOT)).start();
    private final URI chat = URI.create(simulator.base(SimulatedDialect.OPENAI) + "/chat/completions");

    @AfterEach
    void close() {
        simulator.close();
    }

    private Json.Obj choice(String body) {
        return RawHttp.post(chat, body).json().items("choices").getFirst().asObject().orElseThrow();
    }

    private String say(String model, String question, String... more) {
        return message(chat(model, question, more)).text("content").orElseThrow();
    }

    private Json.Obj message(String body) {
        return choice(body).object("message").orElseThrow();
    }

    @Test
    void echoStreamsTheLastUserMessageWordByWord() {
        var response = RawHttp.post(chat, streamed("echo", "Grüße  an\nalle 😀"));
        assertThat(response.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
        assertThat(response.deltas()).extracting(delta -> delta.text("content").orElse("-"))
                .containsExactly("", "Grüße  ", "an\n", "alle ", "😀", "-");
        assertThat(response.events()).endsWith("[DONE]");
        assertThat(response.body()).doesNotContain("\"usage\"");
        assertThat(response.whole()).isTrue();
    }

    @Test
    void echoReadsTextPartsOfTheLastUserMessage() {
        String body = "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a \"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}},{\"type\":\"text\",\"text\":\"b\"}]},"
                + "{\"role\":\"assistant\",\"content\":\"c\"}]}";
        assertThat(message(body).text("content")).contains("a b");
    }

    @Test
    void usageComesInAChunkOfItsOwnWhenAskedFor() {
        var response = RawHttp.post(chat,
                chat("echo", "one two", "\"stream\":true", "\"stream_options\":{\"include_usage\":true}"));
        var last = response.chunks().getLast();
        assertThat(last.items("choices")).isEmpty();
        assertThat(last.object("usage").orElseThrow().write()).startsWith(
                "{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4,");
        assertThat(response.chunks().getFirst().members()).containsEntry("usage", new Json.Null());
    }

    @Test
    void aTokenLimitCutsTheAnswerAndSaysSo() {
        assertThat(choice(chat("echo", "one two three", "\"max_tokens\":2")).text("finish_reason")).contains("length");
        assertThat(say("echo", "one two three", "\"max_completion_tokens\":2")).isEqualTo("one two ");
        assertThat(choice(chat("echo", "one two", "\"max_tokens\":2")).text("finish_reason")).contains("stop");
    }

    @Test
    void aStopSequenceEndsTheAnswerBeforeIt() {
        assertThat(say("echo", "one two three", "\"stop\":\" thr\"")).isEqualTo("one two");
        assertThat(say("echo", "one two three", "\"stop\":[\"three\",\"two\"]")).isEqualTo("one ");
    }

    @Test
    void severalChoicesComeInterleaved() {
        assertThat(RawHttp.post(chat, chat("echo", "a b", "\"n\":3")).json().items("choices")).hasSize(3);
        var indexes = RawHttp.post(chat, chat("echo", "a", "\"n\":2", "\"stream\":true")).chunks().stream()
                .map(chunk -> chunk.items("choices").getFirst().asObject().orElseThrow().get("index").orElseThrow())
                .map(Json::write).collect(Collectors.joining());
        assertThat(indexes).isEqualTo("010101");
    }

    @Test
    void slowCountsToAHundredInSmallChunks() {
        var response = RawHttp.post(chat, streamed("slow", "go"));
        assertThat(response.text()).startsWith("1 2 3 ").endsWith("99 100");
        assertThat(response.chunks()).hasSize(102);
    }

    @Test
    void flakyFailsInFourWaysAndThenAnswers() {
        var limited = RawHttp.post(chat, streamed("flaky", "x"));
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers()).containsEntry("retry-after-ms", "200").containsEntry("retry-after", "1");
        assertThat(RawHttp.post(chat, streamed("flaky", "x")).status()).isEqualTo(500);
        assertThat(RawHttp.post(chat, streamed("flaky", "x")).whole()).isFalse();
        assertThat(RawHttp.post(chat, streamed("flaky", "x")).body()).startsWith("<!DOCTYPE html>");
        assertThat(RawHttp.post(chat, streamed("flaky", "x")).text()).isEqualTo("This time it worked: x");
        assertThat(RawHttp.post(chat, streamed("flaky", "x")).status()).isEqualTo(429);
    }

    @Test
    void markdownHasHeadingListFenceAndTable() {
        assertThat(say("markdown", "x")).contains("# A heading", "- first item", "```java", "|-----");
        assertThat(RawHttp.post(chat, streamed("markdown", "x")).text()).isEqualTo(say("markdown", "x"));
    }

    @Test
    void tutorAnswersFromTheTopicThatFitsBest() {
        assertThat(say("tutor", "How do I store my key?")).startsWith("**keys**\n\nA key is stored with keys set.");
        assertThat(say("tutor", "adding a provider")).startsWith("**providers**");
    }

    @Test
    void tutorQuotesOnlyTheFittingPartOfALongTopic() {
        assertThat(say("tutor", "does a proxy hold back streaming?")).startsWith("**streaming**")
                .contains("Buffering proxies").doesNotContain("Filler");
    }

    @Test
    void tutorNamesItsTopicsWhenNothingFits() {
        assertThat(say("tutor", "hello")).contains("keys, providers, streaming");
        try (var empty = Simulator.start()) {
            URI url = URI.create(empty.base(SimulatedDialect.OPENAI) + "/chat/completions");
            assertThat(RawHttp.post(url, chat("tutor", "keys")).body()).contains("I was given none");
        }
    }

    @Test
    void toolsCallsTheFirstToolWithArgumentsThatFitItsSchema() {
        String tool = """
                "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{
                "city":{"type":"string"},"unit":{"enum":["c","f"]},"days":{"type":"integer","minimum":2},
                "exact":{"type":"boolean"},"tags":{"type":"array","items":{"type":"number"}},
                "at":{"$ref":"#/$defs/place"},"note":{"anyOf":[{"type":"null"}]}},
                "$defs":{"place":{"type":"object","properties":{"x":{"const":7}}}}}}}]""";
        var choice = choice(chat("tools", "Florence", tool));
        assertThat(choice.text("finish_reason")).contains("tool_calls");
        assertThat(choice.object("message").orElseThrow().write()).isEqualTo(
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_sim_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Florence\\\",\\\"unit\\\":"
                        + "\\\"c\\\",\\\"days\\\":2,\\\"exact\\\":true,\\\"tags\\\":[1],\\\"at\\\":{\\\"x\\\":7},\\\"note\\\":null}\"}}],"
                        + "\"refusal\":null}");
    }

    @Test
    void toolArgumentsAreStreamedInFragments() {
        var response = RawHttp.post(chat, chat("tools", "😀😀😀 Florence", "\"stream\":true",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find\",\"parameters\":{\"type\":\"object\","
                        + "\"properties\":{\"what\":{\"type\":\"string\"}}}}}]"));
        var calls = response.deltas().stream().flatMap(delta -> delta.items("tool_calls").stream())
                .map(call -> call.asObject().orElseThrow()).toList();
        assertThat(calls.getFirst().write()).isEqualTo("{\"id\":\"call_sim_1\",\"type\":\"function\",\"index\":0,"
                + "\"function\":{\"name\":\"find\",\"arguments\":\"\"}}");
        assertThat(calls).hasSizeGreaterThan(3);
        assertThat(calls.stream().map(call -> call.object("function").orElseThrow().text("arguments").orElse(""))
                .collect(Collectors.joining())).isEqualTo("{\"what\":\"😀😀😀 Florence\"}");
    }

    @Test
    void toolsTakesTheDemandedToolAndRefrainsWhenForbidden() {
        String two = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},"
                + "{\"type\":\"function\",\"function\":{\"name\":\"b\"}}]";
        assertThat(message(chat("tools", "x", two,
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}")).write())
                .contains("\"name\":\"b\"");
        assertThat(say("tools", "x", two, "\"tool_choice\":\"none\"")).startsWith("No tool was offered");
    }

    @Test
    void toolsAnswersWithTheResultOfATool() {
        String body = "{\"model\":\"tools\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\","
                + "\"content\":null,\"tool_calls\":[]},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"sunny\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":\"warm\"}]}";
        assertThat(message(body).text("content")).contains("The tool answered: sunny; warm");
    }

    @Test
    void reasonerThinksBeforeItSpeaks() {
        var deltas = RawHttp.post(chat, streamed("reasoner", "why?")).deltas();
        assertThat(deltas.get(1).text("reasoning_content")).contains("The ");
        assertThat(deltas.stream().dropWhile(delta -> delta.text("content").filter(text -> !text.isEmpty()).isEmpty()))
                .noneMatch(delta -> delta.members().containsKey("reasoning_content"));
        assertThat(message(chat("reasoner", "why?")).text("content")).contains("You asked: why?");
        assertThat(message(chat("reasoner", "why?")).text("reasoning_content").orElseThrow()).contains("why?");
    }

    @Test
    void aModelOfOnesOwnAnswersTheLastUserText() {
        assertThat(simulator.models()).endsWith("shout");
        assertThat(say("shout", "hi")).isEqualTo("HI");
    }

    @Test
    void theSameRequestsGetTheSameBytes() {
        try (var other = Simulator.builder().topics(TOPICS).start()) {
            URI url = URI.create(other.base(SimulatedDialect.OPENAI) + "/chat/completions");
            for (String body : List.of(streamed("echo", "a b"), chat("tutor", "keys"), streamed("reasoner", "x"))) {
                assertThat(RawHttp.post(url, body).body()).isEqualTo(RawHttp.post(chat, body).body());
            }
        }
    }
}
