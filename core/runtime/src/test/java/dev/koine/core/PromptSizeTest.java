package dev.koine.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.ContentPart;
import dev.koine.api.Json;
import dev.koine.api.Message;
import dev.koine.api.ToolCall;
import dev.koine.api.ToolDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptSizeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "Größe", "Привет", "日本語", "a😀b", "\u007f\u0080\u07ff\u0800\uffff"})
    void bytesAreThoseOfUtf8(String text) {
        assertThat(PromptSize.of(ChatRequest.builder().system(text).build()).bytes())
                .isEqualTo(text.getBytes(UTF_8).length);
    }

    @Test
    void everyTextOfARequestCountsAndNoImageDoes() {
        var request = ChatRequest.builder().system("12").message(new Message.User(List.of(
                new ContentPart.Text("345"), ContentPart.Image.of("image/png", new byte[9000]))))
                .message(Message.Assistant.builder().text("6").toolCalls(List.of(new ToolCall(Optional.of("c"),
                        "function", "t", Optional.of("{\"a\":1}")))).build())
                .message(new Message.Tool("c", "78"))
                .tools(List.of(ToolDefinition.of("t", "ab", Json.EMPTY))).build();
        assertThat(PromptSize.of(request).bytes()).isEqualTo(2 + 3 + 1 + 7 + 2 + 1 + 2 + 2);
    }

    @Test
    void anEstimateIsRoundedUpAndTheLeastIsFarBelow() {
        var size = new PromptSize(1025);
        assertThat(size.estimate()).isEqualTo(257);
        assertThat(size.fewest()).isEqualTo(5);
        assertThat(new PromptSize(0).estimate()).isZero();
    }
}
