package dev.koine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatRequestTest {

    @Test
    void onlyTheMessageIsSetUnlessMoreIsAsked() {
        var request = ChatRequest.of("hi");
        assertThat(request.messages()).containsExactly(Message.user("hi"));
        assertThat(request.stream()).isTrue();
        assertThat(request).isEqualTo(ChatRequest.builder().user("hi").build());
        assertThat(request.temperature()).isEmpty();
        assertThat(request.maxTokens()).isEmpty();
        assertThat(request.seed()).isEmpty();
        assertThat(request.toolChoice()).isEmpty();
        assertThat(request.extra().isEmpty()).isTrue();
    }

    @Test
    void aCopyHasEverything() {
        var request = ChatRequest.builder().system("be kind").user("hi").message(Message.assistant("hello"))
                .message(Message.tool("c1", "42"))
                .stream(false).temperature(0.5).topP(0.9).maxTokens(10).stop(List.of("END")).seed(7).frequencyPenalty(1)
                .presencePenalty(-1)
                .choices(2).logprobs(0).reasoningEffort("low")
                .tools(List.of(ToolDefinition.of("f", "does", Json.EMPTY)))
                .toolChoice(new ToolChoice.Named("f")).parallelToolCalls(false)
                .responseFormat(new ResponseFormat.JsonObject())
                .extra(Json.object().put("x", 1).build()).headers(Map.of("X-Title", "koine")).build();
        assertThat(request.toBuilder().build()).isEqualTo(request);
        assertThat(request.toBuilder().user("more").build().messages()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("countsBelowTheirLeast")
    void aCountBelowItsLeastIsRefused(UnaryOperator<ChatRequest.Builder> setting, String message) {
        var builder = setting.apply(ChatRequest.builder().user("hi"));
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    static Stream<Arguments> countsBelowTheirLeast() {
        return Stream.of(refused(builder -> builder.maxTokens(0), "maxTokens is 0, at least 1 is needed"),
                refused(builder -> builder.maxTokens(-5), "maxTokens is -5, at least 1 is needed"),
                refused(builder -> builder.choices(0), "choices is 0, at least 1 is needed"),
                refused(builder -> builder.logprobs(-1), "logprobs is -1, at least 0 is needed"));
    }

    @Test
    void theLeastCountsAreTaken() {
        var request = ChatRequest.builder().maxTokens(1).choices(1).logprobs(0).build();
        assertThat(request.maxTokens()).hasValue(1);
        assertThat(request.messages()).isEmpty();
    }

    @Test
    void aRequestDoesNotChange() {
        var stop = new ArrayList<>(List.of("a"));
        var headers = new HashMap<>(Map.of("a", "b"));
        var builder = ChatRequest.builder().user("hi").stop(stop).headers(headers);
        var request = builder.build();
        stop.clear();
        headers.clear();
        builder.user("again");
        assertThat(request.stop()).containsExactly("a");
        assertThat(request.headers()).containsEntry("a", "b");
        assertThat(request.messages()).hasSize(1);
        assertThatThrownBy(() -> request.messages().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anImageCanTravelInside() {
        assertThat(ContentPart.Image.of("image/png", new byte[]{1, 2, 3}))
                .isEqualTo(new ContentPart.Image("data:image/png;base64,AQID", Optional.empty()));
    }

    private static Arguments refused(UnaryOperator<ChatRequest.Builder> setting, String message) {
        return Arguments.of(setting, message);
    }
}
