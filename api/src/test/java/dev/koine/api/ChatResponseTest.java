package dev.koine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatResponseTest {
    private static final ChatEvent TEXT = new ChatEvent.TextDelta(0, "hi");
    private static final ChatEvent DONE = new ChatEvent.Ended(true);
    private static final ChatEvent END = new ChatEvent.Ended(false);
    private static final ChatEvent CALL = call(0, "call_1", "f", "{}");
    private static final ChatEvent FAILED = new ChatEvent.Failed(ProviderFailure.of(FailureKind.SERVER, "it broke"));

    @ParameterizedTest
    @CsvSource({"stop,COMPLETE", "eos,COMPLETE", "something_new,COMPLETE", "tool_calls,COMPLETE", "length,LENGTH",
        "max_tokens,LENGTH",
        "model_length,LENGTH", "content_filter,FILTERED", "refusal,REFUSED"})
    void theFinishReasonDecidesTheOutcome(String reason, Outcome outcome) {
        assertThat(gathered(TEXT, finished(reason), DONE).outcome()).isEqualTo(outcome);
        assertThat(gathered(TEXT, finished(reason), END).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"stop,TOOL_CALLS", "tool_calls,TOOL_CALLS", "function_call,TOOL_CALLS", "length,LENGTH",
        "content_filter,FILTERED"})
    void callsDecideWhereTheReasonDoesNot(String reason, Outcome outcome) {
        assertThat(gathered(CALL, finished(reason), DONE).outcome()).isEqualTo(outcome);
        assertThat(
                gathered(new ChatEvent.FunctionCallDelta(0, Optional.of("f"), Optional.empty()), finished(reason), DONE)
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void anAnswerThatNamesNoReasonIsCompleteWhenItsEndWasDeclared() {
        assertThat(gathered(TEXT, DONE).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(gathered(CALL, DONE).outcome()).isEqualTo(Outcome.TOOL_CALLS);
    }

    @Test
    void anAnswerThatNamesNoReasonAndNoEndIsIncomplete() {
        assertThat(gathered(TEXT, END).outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(gathered(TEXT).outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(gathered().outcome()).isEqualTo(Outcome.INCOMPLETE);
    }

    @Test
    void aRefusalIsRefusedWhateverTheReason() {
        assertThat(gathered(new ChatEvent.RefusalDelta(0, "no"), finished("stop"), DONE).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(gathered(new ChatEvent.RefusalDelta(0, "no"), finished("content_filter"), DONE).outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void anErrorIsAnErrorAndKeepsWhatCameBefore() {
        var response = gathered(TEXT, finished("stop"), FAILED,
                new ChatEvent.Failed(ProviderFailure.of(FailureKind.STREAM_CUT, "later")), END);
        assertThat(response.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(response.text()).isEqualTo("hi");
        assertThat(response.failure()).map(ProviderFailure::message).contains("it broke");
    }

    @Test
    void aCancelledAnswerIsCancelledUnlessItWasOver() {
        assertThat(ChatResponse.builder().accept(TEXT).cancelled().build().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(
                ChatResponse.builder().accept(TEXT).accept(finished("stop")).accept(DONE).cancelled().build().outcome())
                .isEqualTo(Outcome.COMPLETE);
        assertThat(ChatResponse.builder().accept(TEXT).accept(FAILED).cancelled().build().outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void everyOutcomeHasItsNameForPrograms() {
        assertThat(Stream.of(Outcome.values()).map(Outcome::id)).containsExactly("complete", "tool_calls", "length",
                "filtered", "refused",
                "incomplete", "cancelled", "error");
    }

    @Test
    void piecesAddUpAndNothingIsTrimmed() {
        var response = gathered(new ChatEvent.ReasoningDelta(0, " why"), new ChatEvent.ReasoningDelta(0, "? "),
                new ChatEvent.TextDelta(0, "\n a"), new ChatEvent.TextDelta(0, "b "),
                new ChatEvent.RefusalDelta(0, "n"),
                new ChatEvent.RefusalDelta(0, "o"), DONE);
        assertThat(response.text()).isEqualTo("\n ab ");
        assertThat(response.choice().reasoning()).isEqualTo(" why? ");
        assertThat(response.choice().refusal()).contains("no");
    }

    @Test
    void callsAreJoinedByPositionAndKeepTheFirstIdAndType() {
        var response = gathered(call(1, "b", "g", "{\"x\":"), call(0, "a", "f", ""),
                new ChatEvent.ToolCallDelta(0, 1, Optional.of("other"), Optional.of("custom"), Optional.of("2"),
                        Optional.of("1}")),
                DONE);
        assertThat(response.choice().toolCalls()).containsExactly(
                new ToolCall(Optional.of("a"), "function", "f", Optional.of("")),
                new ToolCall(Optional.of("b"), "function", "g2", Optional.of("{\"x\":1}")));
    }

    @Test
    void missingArgumentsStayMissing() {
        var response = gathered(new ChatEvent.ToolCallDelta(0, 0, Optional.empty(), Optional.empty(), Optional.of("f"),
                Optional.empty()), DONE);
        assertThat(response.choice().toolCalls())
                .containsExactly(new ToolCall(Optional.empty(), "function", "f", Optional.empty()));
    }

    @Test
    void idAndModelAreTheFirstNamed() {
        var response = gathered(new ChatEvent.Identified(Optional.empty(), Optional.of("m1")),
                new ChatEvent.Identified(Optional.of("i1"), Optional.of("m2")),
                new ChatEvent.Identified(Optional.of("i2"), Optional.empty()), DONE);
        assertThat(response.id()).contains("i1");
        assertThat(response.model()).contains("m1");
    }

    @Test
    void theLastUsageAndTheLastCitationsStand() {
        var response = gathered(usage(1), usage(2), new ChatEvent.Citations(List.of(citation("a"))),
                new ChatEvent.Citations(List.of(citation("b"))), new ChatEvent.Annotations(List.of(citation("c"))),
                new ChatEvent.Annotations(List.of(citation("d"))), DONE);
        assertThat(response.usage()).map(Usage::total).contains(OptionalLong.of(2));
        assertThat(response.citations()).containsExactly(citation("b"));
        assertThat(response.annotations()).containsExactly(citation("c"), citation("d"));
    }

    @Test
    void filteredCategoriesAreNamedOnce() {
        var response = gathered(new ChatEvent.Filtered(List.of("hate", "violence")),
                new ChatEvent.Filtered(List.of("hate")), DONE);
        assertThat(response.filtered()).containsExactly("hate", "violence");
    }

    @Test
    void logprobsAndOtherArraysAddUp() {
        var response = gathered(new ChatEvent.Logprobs(0, object("content", array("a"))),
                new ChatEvent.Logprobs(0, object("content", Json.NULL)),
                new ChatEvent.Logprobs(0, object("content", array("b"))),
                new ChatEvent.Other(0, "reasoning_details", array("c")),
                new ChatEvent.Other(0, "reasoning_details", array("d")), new ChatEvent.Other(0, "audio", Json.of(1)),
                new ChatEvent.Other(0, "audio", Json.of(2)), DONE);
        assertThat(response.choice().logprobs()).contains(object("content", Json.strings(List.of("a", "b"))));
        assertThat(response.choice().extra()).hasToString("{\"reasoning_details\":[\"c\",\"d\"],\"audio\":2}");
    }

    @Test
    void choicesAreOrderedByIndexAndTheFirstSpeaks() {
        var response = gathered(new ChatEvent.TextDelta(2, "c"), new ChatEvent.TextDelta(0, "a"),
                new ChatEvent.Finished(2, "length"),
                finished("stop"), DONE);
        assertThat(response.choices()).extracting(Choice::index).containsExactly(0, 2);
        assertThat(response.text()).isEqualTo("a");
        assertThat(response.outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void anAnswerWithoutAnythingStillHasAChoice() {
        var response = gathered(DONE);
        assertThat(response.choices()).hasSize(1);
        assertThat(response.text()).isEmpty();
        assertThat(response.choice().hasContent()).isFalse();
    }

    @Test
    void theBuilderKnowsWhetherContentCameAndWhetherItFinished() {
        var builder = ChatResponse.builder();
        assertThat(builder.hasContent()).isFalse();
        assertThat(builder.hasFinished()).isFalse();
        builder.accept(new ChatEvent.TextDelta(0, ""))
                .accept(new ChatEvent.Identified(Optional.of("i"), Optional.empty()));
        assertThat(builder.hasContent()).isFalse();
        builder.accept(new ChatEvent.ReasoningDelta(0, "x")).accept(finished("stop"));
        assertThat(builder.hasContent()).isTrue();
        assertThat(builder.hasFinished()).isTrue();
        builder.accept(new ChatEvent.TextDelta(1, "y"));
        assertThat(builder.hasFinished()).isFalse();
    }

    @Test
    void buildingTwiceGivesTheSameAndLaterEventsAddToIt() {
        var builder = ChatResponse.builder().accept(TEXT);
        assertThat(builder.build()).isEqualTo(builder.build());
        assertThat(builder.accept(TEXT).build().text()).isEqualTo("hihi");
    }

    @Test
    void aChoiceGoesOnAsMessage() {
        var choice = gathered(new ChatEvent.ReasoningDelta(0, "why"), CALL,
                new ChatEvent.Other(0, "reasoning_details", array("c")), DONE).choice();
        var message = choice.toMessage();
        assertThat(message.text()).isEmpty();
        assertThat(message.reasoning()).contains("why");
        assertThat(message.toolCalls()).isEqualTo(choice.toolCalls());
        assertThat(message.extra()).isEqualTo(choice.extra());
        assertThat(gathered(DONE).choice().toMessage().text()).contains("");
    }

    private static ChatResponse gathered(ChatEvent... events) {
        var builder = ChatResponse.builder();
        List.of(events).forEach(builder::accept);
        return builder.build();
    }

    private static ChatEvent finished(String reason) {
        return new ChatEvent.Finished(0, reason);
    }

    private static ChatEvent call(int position, String id, String name, String arguments) {
        return new ChatEvent.ToolCallDelta(0, position, Optional.of(id), Optional.of("function"), Optional.of(name),
                Optional.of(arguments));
    }

    private static ChatEvent usage(long total) {
        return new ChatEvent.UsageReported(
                new Usage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(total), OptionalLong.empty(),
                        OptionalLong.empty(), Json.EMPTY));
    }

    private static Json array(String item) {
        return Json.strings(List.of(item));
    }

    private static Json.Obj object(String name, Json value) {
        return Json.object().put(name, value).build();
    }

    private static Citation citation(String url) {
        return new Citation(url, Optional.empty());
    }
}
