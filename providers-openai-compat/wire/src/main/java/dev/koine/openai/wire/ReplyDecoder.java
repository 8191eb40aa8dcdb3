package dev.koine.openai.wire;

import dev.koine.api.ChatEvent;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Reply;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Decodes whole answers. */
final class ReplyDecoder {
    private final FailureReader failures;

    ReplyDecoder(FailureReader failures) {
        this.failures = failures;
    }

    void decode(Reply reply, Consumer<ChatEvent> sink) {
        if (isBlank(reply.bytes())) {
            fail(empty(reply), sink);
            return;
        }
        var answer = new Answer();
        if (!read(reply, answer) || !answer.hasChoices) {
            fail(noAnswer(reply), sink);
            return;
        }
        var events = new AnswerEvents(true);
        var choiceError = Optional.ofNullable(events.emit(answer, sink));
        var error = error(reply, answer).or(() -> choiceError.map(ErrorShape::readInner));
        if (error.isPresent()) {
            fail(failures.read(error.get(), reply), sink);
        } else if (events.isEmpty()) {
            fail(empty(reply), sink);
        } else {
            sink.accept(new ChatEvent.Ended(true));
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte value : bytes) {
            if (value > ' ' || value < 0) {
                return false;
            }
        }
        return true;
    }

    /** Return whether the reply is one JSON object; it may stand in another charset than UTF-8. */
    private static boolean read(Reply reply, Answer answer) {
        byte[] bytes = reply.bytes();
        try (var parser = JsonTree.FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            return read(parser, answer);
        } catch (JacksonException e) {
            return readText(reply, answer);
        }
    }

    private static boolean readText(Reply reply, Answer answer) {
        try (var parser = JsonTree.FACTORY.createParser(ObjectReadContext.empty(), reply.text().strip())) {
            return read(parser, answer);
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean read(JsonParser parser, Answer answer) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        new AnswerReader(true).read(parser, answer);
        return parser.nextToken() == null;
    }

    private static Optional<WireError> error(Reply reply, Answer answer) {
        return answer.hasError ? reply.json().flatMap(ErrorShape::of) : Optional.empty();
    }

    private ProviderFailure noAnswer(Reply reply) {
        return reply.json().flatMap(ErrorShape::of).map(error -> failures.read(error, reply))
                .orElseGet(() -> failures.unexpected(reply, "chat completion"));
    }

    private static ProviderFailure empty(Reply reply) {
        var failure = ProviderFailure.builder(FailureKind.EMPTY).message("the answer is empty").status(reply.status());
        FailureReader.requestId(reply).ifPresent(failure::requestId);
        return failure.build();
    }

    private static void fail(ProviderFailure failure, Consumer<ChatEvent> sink) {
        sink.accept(new ChatEvent.Failed(failure));
    }
}
