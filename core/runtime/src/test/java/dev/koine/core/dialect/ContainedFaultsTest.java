package dev.koine.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Check;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.Embeddings;
import dev.koine.spi.Frame;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelList;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.Reply;
import dev.koine.spi.SecretRef;
import dev.koine.spi.StreamDecoder;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every method that a plugin implements, doing everything that it should not. */
@Timeout(60)
class ContainedFaultsTest {
    private static final ModelTarget MODEL = ModelTarget.of("m");
    private static final ChatRequest REQUEST = ChatRequest.of("hi");
    private static final ProviderFailure NO = ProviderFailure.of(FailureKind.PROVIDER, "no");
    private static final ProviderConfig CONFIG = ProviderConfig.builder("mine").baseUrl("https://acme.example/v1")
            .apiKey(new SecretRef("env:ACME_KEY")).build();
    private static final String ALIGNMENT = "it was compiled against koine-spi 0.1.0, this is koine-spi 0.2.0";

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /** What a plugin does in one method; in all others it does well. */
    private interface Deed {
        Object done() throws Throwable;
    }

    /** A plugin of which one method, such as {@code Embeddings.decode}, does a deed. */
    private record Plugin(String method, Deed deed) {
        <T> T as(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, called, _) -> {
                String name = type.getSimpleName() + "." + called.getName();
                return name.equals(method) ? deed.done() : well(name);
            }));
        }

        private Object well(String name) {
            return switch (name) {
                case "ProviderSpi.descriptor" -> DialectDescriptor.of("acme", "Acme");
                case "ProviderSpi.create" -> method.startsWith("DirectProvider.") ? as(DirectProvider.class)
                        : as(HttpDialect.class);
                case "HttpDialect.chat", "Embeddings.call", "ModelList.call" -> call("https://acme.example/v1/x");
                case "HttpDialect.decodeFailure" -> NO;
                case "HttpDialect.framing" -> HttpDialect.Framing.NDJSON;
                case "HttpDialect.streamDecoder" -> as(StreamDecoder.class);
                case "HttpDialect.embeddings" -> Optional.of(as(Embeddings.class));
                case "HttpDialect.models" -> Optional.of(as(ModelList.class));
                case "Embeddings.decode" -> new EmbeddingResponse(Optional.empty(), List.of(), Optional.empty());
                case "StreamDecoder.isDone" -> false;
                case "ProviderSpi.notices", "HttpDialect.checks", "ModelList.decode",
                        "DirectProvider.models" -> List.of();
                case "ProviderSpi.recognise", "HttpDialect.repair", "Embeddings.repair" -> Optional.empty();
                default -> "";
            };
        }
    }

    private static HttpCall call(String uri) {
        return HttpCall.get(URI.create(uri), new Auth.None());
    }

    private static HttpDialect http(ProviderSpi spi) {
        return (HttpDialect) spi.create(CONFIG);
    }

    /** Return how the engine comes to call each method. */
    private static Map<String, Consumer<ProviderSpi>> methods() {
        var methods = new LinkedHashMap<String, Consumer<ProviderSpi>>();
        methods.put("ProviderSpi.descriptor", spi -> spi.descriptor());
        methods.put("ProviderSpi.recognise", spi -> spi.recognise(BaseUrl.parse("https://acme.example")));
        methods.put("ProviderSpi.notices", spi -> spi.notices(CONFIG));
        methods.put("ProviderSpi.create", spi -> spi.create(CONFIG));
        methods.put("HttpDialect.chat", spi -> http(spi).chat(MODEL, REQUEST));
        methods.put("HttpDialect.decode", spi -> http(spi).decode(reply(), event -> {}));
        methods.put("HttpDialect.streamDecoder", spi -> http(spi).streamDecoder());
        methods.put("HttpDialect.framing", spi -> http(spi).framing());
        methods.put("HttpDialect.decodeFailure", spi -> http(spi).decodeFailure(reply()));
        methods.put("HttpDialect.embeddings", spi -> http(spi).embeddings());
        methods.put("HttpDialect.models", spi -> http(spi).models());
        methods.put("HttpDialect.checks", spi -> http(spi).checks());
        methods.put("HttpDialect.repair", spi -> http(spi).repair(MODEL, REQUEST, NO));
        methods.put("StreamDecoder.accept", spi -> http(spi).streamDecoder().accept(frame(), event -> {}));
        methods.put("StreamDecoder.isDone", spi -> http(spi).streamDecoder().accept(frame(), event -> {}));
        methods.put("StreamDecoder.end", spi -> http(spi).streamDecoder().end(StreamDecoder.End.CUT, event -> {}));
        methods.put("Embeddings.call", spi -> http(spi).embeddings().orElseThrow()
                .call(MODEL, EmbeddingRequest.of(List.of("a"))));
        methods.put("Embeddings.decode", spi -> http(spi).embeddings().orElseThrow().decode(reply()));
        methods.put("Embeddings.repair", spi -> http(spi).embeddings().orElseThrow()
                .repair(MODEL, EmbeddingRequest.of(List.of("a")), NO));
        methods.put("ModelList.call", spi -> http(spi).models().orElseThrow().call());
        methods.put("ModelList.decode", spi -> http(spi).models().orElseThrow().decode(reply()));
        methods.put("DirectProvider.chat", ContainedFaultsTest::ask);
        methods.put("DirectProvider.models", spi -> ((DirectProvider) spi.create(CONFIG)).models());
        methods.put("DirectProvider.close", spi -> ((DirectProvider) spi.create(CONFIG)).close());
        return methods;
    }

    private static void ask(ProviderSpi spi) {
        try {
            ((DirectProvider) spi.create(CONFIG)).chat(MODEL, REQUEST, new DirectProvider.Call() {
                @Override
                public Instant deadline() {
                    return Instant.now().plusSeconds(30);
                }

                @Override
                public boolean cancelled() {
                    return false;
                }

                @Override
                public void onCancel(Runnable action) {}
            }, event -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Containment fence(Duration limit) {
        return new Containment("acme", getClass().getClassLoader(),
                new Containment.Terms(limit, ALIGNMENT, List.of(), told::add));
    }

    private ProviderFailure failure(String method, Deed deed) {
        return failure(method, deed, Duration.ofSeconds(30));
    }

    private ProviderFailure failure(String method, Deed deed, Duration limit) {
        var spi = fence(limit).around(new Plugin(method, deed).as(ProviderSpi.class));
        Throwable thrown = catchThrowable(() -> methods().get(method).accept(spi));
        assertThat(thrown).as(method).isInstanceOf(ProviderFailureException.class).hasNoCause();
        return ((ProviderFailureException) thrown).failure();
    }

    @Test
    void theTableHasEveryMethodOfTheSpi() {
        for (var type : List.of(ProviderSpi.class, HttpDialect.class, StreamDecoder.class, Embeddings.class,
                ModelList.class, DirectProvider.class)) {
            for (var method : type.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    assertThat(methods()).containsKey(type.getSimpleName() + "." + method.getName());
                }
            }
        }
    }

    @Test
    void aPluginThatDoesWellIsLeftAlone() {
        methods().forEach((method, use) -> use.accept(fence(Duration.ofSeconds(30)).around(
                new Plugin(method.startsWith("DirectProvider.") ? "DirectProvider.none" : "", () -> "")
                        .as(ProviderSpi.class))));

        assertThat(told).isEmpty();
    }

    @Test
    void whateverAMethodThrowsIsAFailureOfThePlugin() {
        var faults = List.of(new IllegalStateException("no"), new AssertionError("no"), new StackOverflowError(),
                new OutOfMemoryError("no"), new NoSuchMethodError("no"), new AbstractMethodError("no"),
                new NoClassDefFoundError("a/B"), new ExceptionInInitializerError(new IllegalStateException("no")),
                new java.io.IOException("no"), new HostileException());
        for (String method : methods().keySet()) {
            for (Throwable fault : faults) {
                told.clear();

                var failure = failure(method, () -> {
                    throw fault;
                });

                String what = method + " " + fault.getClass();
                assertThat(failure.kind()).as(what).isEqualTo(FailureKind.PLUGIN);
                assertThat(failure.message()).as(what).startsWith("plugin acme failed to ");
                assertThat(failure.field()).as(what).contains("dialect");
                assertThat(failure.fix()).as(what).containsExactly("koine plugins list");
                assertThat(told).as(what).containsExactly(failure.message());
            }
        }
    }

    @Test
    void aSwitchThatDoesNotKnowALaterConstantIsToldApart() {
        assertThat(failure("HttpDialect.chat", () -> {
            throw new MatchException(null, null);
        }).message()).isEqualTo("plugin acme failed to encode a request: it does not know a constant or an event that "
                + "came with this version of Koine; its switch wants a default");
    }

    @Test
    void aLinkageErrorNamesBothVersionsOfTheSpi() {
        assertThat(failure("HttpDialect.chat", () -> {
            throw new AbstractMethodError("Missing implementation of resolved method 'x'");
        }).message())
                .isEqualTo("plugin acme failed to encode a request: it was compiled against another version of the "
                        + "SPI: Missing implementation of resolved method 'x' (" + ALIGNMENT + ")");
        assertThat(failure("HttpDialect.chat", () -> {
            throw new IllegalStateException("no");
        }).message()).doesNotContain("koine-spi");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsAFailureOfThePlugin() {
        for (String method : methods().keySet()) {
            if (!List.of("HttpDialect.decode", "StreamDecoder.accept", "StreamDecoder.end", "StreamDecoder.isDone",
                    "DirectProvider.chat", "DirectProvider.close").contains(method)) {
                assertThat(failure(method, () -> null).kind()).as(method).isEqualTo(FailureKind.PLUGIN);
            }
        }
    }

    @Test
    void aMethodThatHangsIsStoppedAndItsPluginCalledNoMore() {
        for (String method : methods().keySet()) {
            if (!method.equals("DirectProvider.chat")) {
                told.clear();
                var never = new CountDownLatch(1);

                var failure = failure(method, () -> {
                    never.await();
                    return "";
                }, Duration.ofMillis(100));

                assertThat(failure.kind()).as(method).isEqualTo(FailureKind.PLUGIN);
                assertThat(failure.message()).as(method).endsWith(" within 100 ms and was stopped");
                assertThat(told).as(method).containsExactly(failure.message());
            }
        }
    }

    @Test
    void aRequestThatMustNotBeSentIsAFailureOfThePlugin() {
        var calls = new LinkedHashMap<HttpCall, String>();
        calls.put(call("/v1/chat"), "its address is no http or https URL: /v1/chat");
        calls.put(call("file:///etc/passwd"), "its address is no http or https URL: file:///etc/passwd");
        calls.put(call("https://evil.example/v1"), "it leaves https://acme.example for https://evil.example, and a "
                + "dialect must keep the origin of base-url, to which the key belongs");
        calls.put(call("http://acme.example/v1"),
                "it leaves https://acme.example for http://acme.example, and a dialect "
                        + "must keep the origin of base-url, to which the key belongs");
        calls.put(call("https://acme.example/").toBuilder().header("a b", "c").build(), "'a b' is no header name");
        calls.put(call("https://acme.example/").toBuilder().header("x", "a\r\nHost: evil").build(),
                "the value of the header x holds a character that no HTTP header can carry");
        calls.put(call("https://acme.example/").toBuilder().header("Host", "evil.example").build(),
                "the header Host belongs to the connection and cannot be set");
        calls.put(call("https://acme.example/").toBuilder().method("get it").build(),
                "its method is no upper-case word");
        calls.put(call("https://acme.example/").toBuilder()
                .auth(new Auth.Bearer(Optional.of(new SecretRef("env:OPENAI_API_KEY")))).build(),
                "it asks for the secret env:OPENAI_API_KEY, which is not this provider's api-key");
        calls.put(call("https://acme.example/").toBuilder()
                .auth(new Auth.Header("x", Optional.of(new SecretRef("command:rm -r /")))).build(),
                "it asks for the secret command:rm -r /, which is not this provider's api-key");
        calls.forEach((call, fault) -> {
            for (String method : List.of("HttpDialect.chat", "Embeddings.call", "ModelList.call",
                    "HttpDialect.checks")) {
                var failure = failure(method,
                        () -> method.equals("HttpDialect.checks") ? List.of(new Check("models", call)) : call);

                assertThat(failure.message()).isEqualTo("plugin acme made a request that cannot be sent: " + fault);
                assertThat(failure.kind()).isEqualTo(FailureKind.PLUGIN);
            }
        });
    }

    @Test
    void theKeyOfItsOwnProviderMayBeNamed() {
        var call = call("https://acme.example/").toBuilder()
                .auth(new Auth.Header("x-key", Optional.of(new SecretRef("env:ACME_KEY")))).build();
        var spi = fence(Duration.ofSeconds(30))
                .around(new Plugin("HttpDialect.chat", () -> call).as(ProviderSpi.class));

        assertThat(http(spi).chat(MODEL, REQUEST)).isEqualTo(call);
    }

    /** Is thrown, and throws again when it is asked what it means. */
    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not telling");
        }
    }

    private static Frame frame() {
        return new Frame() {
            @Override
            public Optional<String> event() {
                return Optional.empty();
            }

            @Override
            public byte[] buffer() {
                return new byte[0];
            }

            @Override
            public int offset() {
                return 0;
            }

            @Override
            public int length() {
                return 0;
            }

            @Override
            public String text() {
                return "";
            }

            @Override
            public Optional<Json> json() {
                return Optional.empty();
            }

            @Override
            public Map<String, List<String>> otherFields() {
                return Map.of();
            }
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
            public Optional<Json> json() {
                return Optional.empty();
            }
        };
    }
}
