package com.example.echo;

import dev.koine.api.*;
import dev.koine.spi.*;
import java.util.function.Consumer;

/** A provider that answers by itself. */
public final class EchoProvider implements ProviderSpi {
    @Override
    public DialectDescriptor descriptor() {
        return DialectDescriptor.of("echo", "Repeats what it is told");
    }

    @Override
    public Provider create(ProviderConfig config) {
        return new Echo();
    }

    private static final class Echo implements DirectProvider {
        @Override
        public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink) {
            if (!request.tools().isEmpty() || request.responseFormat().isPresent()) {
                throw unsupported();
            }
            if (request.messages().getLast() instanceof Message.User(var parts)) {
                for (var part : parts) {
                    if (!(part instanceof ContentPart.Text(var text))) {
                        throw unsupported();
                    }
                    sink.accept(new ChatEvent.TextDelta(0, text));
                }
            }
            sink.accept(new ChatEvent.Ended(true));
        }

        private static ProviderFailureException unsupported() {
            return ProviderFailure.of(FailureKind.UNSUPPORTED, "text alone is repeated").toException();
        }
    }
}
