package dev.koine.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Auth;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.Embeddings;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelList;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.Reply;
import dev.koine.spi.StreamDecoder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContainmentTest {
    private static final ModelTarget MODEL = ModelTarget.of("m");
    private static final ChatRequest REQUEST = ChatRequest.of("hi");

    private final Containment fence = new Containment("acme", getClass().getClassLoader(),
            Containment.Terms.of(Duration.ofSeconds(20)));

    @Test
    void everyMethodOfTheSpiIsFencedInAlsoTheDefaultOnes() {
        assertForwards(ProviderSpi.class, ContainedSpi.class);
        assertForwards(HttpDialect.class, ContainedDialect.class);
        assertForwards(DirectProvider.class, ContainedDirect.class);
        for (var inner : ContainedDialect.class.getDeclaredClasses()) {
            for (var type : List.of(StreamDecoder.class, Embeddings.class, ModelList.class)) {
                if (type.isAssignableFrom(inner)) {
                    assertForwards(type, inner);
                }
            }
        }
    }

    private static void assertForwards(Class<?> type, Class<?> contained) {
        assertThat(Arrays.stream(contained.getDeclaredMethods()).map(Method::getName))
                .containsAll(Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                        .map(Method::getName).toList());
    }

    @Test
    void anErrorIsAFailureOfThePlugin() {
        var dialect = dialect(new Wire() {
            @Override
            public HttpCall chat(ModelTarget model, ChatRequest request) {
                return chat(model, request);
            }

            @Override
            public ProviderFailure decodeFailure(Reply reply) {
                throw new AssertionError("unreachable");
            }
        });

        fails(() -> dialect.chat(MODEL, REQUEST),
                "plugin acme failed to encode a request: it called itself without end");
        fails(() -> dialect.decodeFailure(reply()),
                "plugin acme failed to read a failure: java.lang.AssertionError: unreachable");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nothingIsAFailureOfThePlugin() {
        var dialect = dialect(new Wire() {
            @Override
            public HttpCall chat(ModelTarget model, ChatRequest request) {
                return null;
            }
        });

        fails(() -> dialect.chat(MODEL, REQUEST), "plugin acme gave nothing when asked to encode a request");
    }

    @Test
    void theExceptionsOfTheSpiPass() {
        var unsupported = ProviderFailure.of(FailureKind.UNSUPPORTED, "no pictures");
        var dialect = dialect(new Wire() {
            @Override
            public HttpCall chat(ModelTarget model, ChatRequest request) {
                throw unsupported.toException();
            }
        });
        var spi = spi(() -> {
            throw new ConfigurationException("deployment", "is missing");
        });

        assertThatThrownBy(() -> dialect.chat(MODEL, REQUEST)).isInstanceOfSatisfying(ProviderFailureException.class,
                e -> assertThat(e.failure()).isEqualTo(unsupported));
        assertThatThrownBy(() -> spi.create(config())).isInstanceOfSatisfying(ConfigurationException.class,
                e -> assertThat(e.field()).isEqualTo("deployment"));
    }

    @Test
    void whatAPluginThrewIsNotKept() {
        var spi = spi(() -> {
            throw new IllegalStateException("its stack would pin its classes");
        });

        assertThatThrownBy(() -> spi.create(config())).hasNoCause().isInstanceOfSatisfying(
                ProviderFailureException.class, e -> assertThat(e.getSuppressed()).isEmpty());
    }

    @Test
    void aCallThatDoesNotEndRetiresThePlugin() {
        var hasty = new Containment("slow", getClass().getClassLoader(),
                Containment.Terms.of(Duration.ofMillis(50)));
        var never = new CountDownLatch(1);

        fails(() -> hasty.call("wait", () -> {
            never.await();
            return "done";
        }), "plugin slow did not wait within 50 ms and was stopped");
        fails(() -> hasty.call("go on", () -> "on"), "plugin slow did not wait within 50 ms and was stopped");
        assertThat(hasty.retired()).isPresent();
    }

    @Test
    void aPluginRunsOnADaemonPlatformThreadWithItsOwnLoader() {
        var thread = fence.call("run", Thread::currentThread);

        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(fence.call("run", () -> Thread.currentThread().getContextClassLoader()))
                .isSameAs(getClass().getClassLoader());
    }

    @Test
    void eventsReachTheSinkOnTheCallersThreadAndItsExceptionsPassUnchanged() {
        var decoder = dialect(new Wire() {
            @Override
            public StreamDecoder streamDecoder() {
                return decoder((sink, end) -> sink.accept(new ChatEvent.TextDelta(0, "hi")));
            }
        }).streamDecoder();
        var threads = new ArrayList<Thread>();
        var stop = new IllegalArgumentException("enough");

        decoder.end(StreamDecoder.End.CLEAN, event -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
        assertThatThrownBy(() -> decoder.end(StreamDecoder.End.CLEAN, event -> {
            throw stop;
        })).isSameAs(stop);
    }

    @Test
    void eventsThatCameBeforeAFaultAreHandedOn() {
        var decoder = dialect(new Wire() {
            @Override
            public StreamDecoder streamDecoder() {
                return decoder((sink, end) -> {
                    sink.accept(new ChatEvent.TextDelta(0, "hi"));
                    throw new IllegalStateException("lost");
                });
            }
        }).streamDecoder();
        var events = new ArrayList<ChatEvent>();

        fails(() -> decoder.end(StreamDecoder.End.CLEAN, events::add),
                "plugin acme failed to end a stream: java.lang.IllegalStateException: lost");
        assertThat(events).containsExactly(new ChatEvent.TextDelta(0, "hi"));
    }

    @Test
    void aDecoderThatMakesEventsWithoutEndIsStopped() {
        var decoder = dialect(new Wire() {
            @Override
            public StreamDecoder streamDecoder() {
                return decoder((sink, end) -> {
                    while (true) {
                        sink.accept(new ChatEvent.TextDelta(0, "hi"));
                    }
                });
            }
        }).streamDecoder();

        fails(() -> decoder.end(StreamDecoder.End.CLEAN, event -> {}),
                "plugin acme made more than 100000 events of one piece of an answer");
    }

    @Test
    void aDecoderThatIsToldOfTooManyEventsAndGoesOnFailsAllTheSame() {
        var decoder = dialect(new Wire() {
            @Override
            public StreamDecoder streamDecoder() {
                return decoder((sink, end) -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        try {
                            sink.accept(new ChatEvent.TextDelta(0, "hi"));
                        } catch (ProviderFailureException e) {
                            // Deaf on purpose.
                            continue;
                        }
                    }
                });
            }
        }).streamDecoder();
        var events = new ArrayList<ChatEvent>();

        fails(() -> decoder.end(StreamDecoder.End.CLEAN, events::add),
                "plugin acme made more than 100000 events of one piece of an answer");
        assertThat(events).hasSize(100_000);
    }

    @Test
    void aProviderThatAnswersByItselfHandsItsEventsToTheCallersThread() throws InterruptedException {
        var events = new ArrayList<ChatEvent>();
        var threads = new ArrayList<Thread>();
        direct((sink, call) -> {
            for (int i = 0; i < 500; i++) {
                sink.accept(new ChatEvent.TextDelta(0, "" + i));
            }
        }).chat(MODEL, REQUEST, call(Duration.ofMinutes(1)), event -> {
            events.add(event);
            threads.add(Thread.currentThread());
        });

        assertThat(events).hasSize(500).last().isEqualTo(new ChatEvent.TextDelta(0, "499"));
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void aProviderThatOutstaysItsDeadlineIsLeftBehind() {
        var never = new CountDownLatch(1);
        var provider = direct((sink, call) -> {
            while (true) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // Deaf on purpose.
                    continue;
                }
            }
        });

        assertThatThrownBy(() -> provider.chat(MODEL, REQUEST, call(Duration.ofSeconds(-1)), event -> {}))
                .isInstanceOfSatisfying(ProviderFailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.TOTAL_TIMEOUT));
    }

    @Test
    void aProviderThatAnswersByItselfStopsWhenTheSinkThrows() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        var stop = new IllegalArgumentException("enough");
        var provider = direct((sink, call) -> {
            try {
                while (true) {
                    sink.accept(new ChatEvent.TextDelta(0, "more"));
                }
            } finally {
                stopped.countDown();
            }
        });

        assertThatThrownBy(() -> provider.chat(MODEL, REQUEST, call(Duration.ofMinutes(1)), event -> {
            throw stop;
        })).isSameAs(stop);
        stopped.await();
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProviderFailureException.class, e -> {
            assertThat(e.failure().message()).isEqualTo(message);
            assertThat(e.failure().kind()).isEqualTo(FailureKind.PLUGIN);
        });
    }

    private HttpDialect dialect(HttpDialect dialect) {
        return (HttpDialect) spi(() -> dialect).create(config());
    }

    private DirectProvider direct(Answer answer) {
        return (DirectProvider) spi(() -> new DirectProvider() {
            @Override
            public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink)
                    throws InterruptedException {
                answer.to(sink, call);
            }
        }).create(config());
    }

    private interface Answer {
        void to(Consumer<ChatEvent> sink, DirectProvider.Call call) throws InterruptedException;
    }

    private ProviderSpi spi(Supplier<Provider> create) {
        return fence.around(new ProviderSpi() {
            @Override
            public DialectDescriptor descriptor() {
                return DialectDescriptor.of("acme", "Acme");
            }

            @Override
            public Provider create(ProviderConfig config) {
                return create.get();
            }
        });
    }

    private static ProviderConfig config() {
        return ProviderConfig.builder("mine").build();
    }

    private static DirectProvider.Call call(Duration left) {
        var deadline = Instant.now().plus(left);
        return new DirectProvider.Call() {
            @Override
            public Instant deadline() {
                return deadline;
            }

            @Override
            public boolean cancelled() {
                return false;
            }

            @Override
            public void onCancel(Runnable action) {}
        };
    }

    private static Reply reply() {
        return new Reply() {
            @Override
            public int status() {
                return 500;
            }

            @Override
            public Map<String, List<String>> headers() {
                return Map.of();
            }

            @Override
            public byte[] bytes() {
                return new byte[0];
            }

            @Override
            public String text() {
                return "";
            }

            @Override
            public Optional<dev.koine.api.Json> json() {
                return Optional.empty();
            }
        };
    }

    /** A dialect that does as little as can be. */
    private abstract static class Wire implements HttpDialect {
        @Override
        public HttpCall chat(ModelTarget model, ChatRequest request) {
            return HttpCall.get(URI.create("https://acme.example/"), new Auth.None());
        }

        @Override
        public void decode(Reply reply, Consumer<ChatEvent> sink) {}

        @Override
        public StreamDecoder streamDecoder() {
            return decoder((sink, end) -> {});
        }

        @Override
        public ProviderFailure decodeFailure(Reply reply) {
            return ProviderFailure.of(FailureKind.PROVIDER, "no");
        }

        static StreamDecoder decoder(java.util.function.BiConsumer<Consumer<ChatEvent>, StreamDecoder.End> end) {
            return new StreamDecoder() {
                @Override
                public void accept(Frame frame, Consumer<ChatEvent> sink) {}

                @Override
                public void end(End how, Consumer<ChatEvent> sink) {
                    end.accept(sink, how);
                }
            };
        }
    }
}
