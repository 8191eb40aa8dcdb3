package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assertions.fail;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.transport.Transport;
import dev.koine.spi.Auth;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a dialect asks. */
final class EncodingRules {
    private static final ModelTarget MODEL = ModelTarget.of("contract-model");
    private static final String SECRET_TEXT = "contract-secret-4f1c09";
    /** How a request may be refused that has a name in it which the wire form cannot carry. */
    private static final Set<FailureKind> REFUSALS = Set.of(FailureKind.UNSUPPORTED, FailureKind.INVALID_REQUEST,
            FailureKind.MODEL_UNKNOWN, FailureKind.DEPLOYMENT_UNKNOWN);

    private final Subject subject;

    EncodingRules(Subject subject) {
        this.subject = subject;
    }

    void theSameRequestIsEncodedAlike() {
        var dialect = subject.http();
        calls(dialect).forEach((what, call) -> require(call.equals(calls(dialect).get(what)),
                "the request for " + what + " is encoded differently the second time"));
        var others = calls(subject.http());
        calls(dialect).forEach((what, call) -> require(call.equals(others.get(what)),
                "the request for " + what + " is encoded differently by another instance"));
    }

    void requestsStayOnTheConfiguredOrigin() {
        var dialect = subject.http();
        var origin = subject.origin();
        calls(dialect).forEach((what, call) -> {
            require(call.uri().isAbsolute(), "the address for " + what + " is not absolute: " + call.uri());
            require(call.uri().getRawFragment() == null, "the address for " + what + " has a fragment: " + call.uri());
            try {
                Transport.requireOrigin(call, origin);
            } catch (ProviderFailureException e) {
                fail("the request for " + what + ": " + e.failure().message());
            }
        });
    }

    void theKeyIsNamedAndNeverWritten(Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("contract-key"), SECRET_TEXT);
        var reference = new SecretRef("file:" + file);
        var dialect = subject.http(subject.config().toBuilder().apiKey(reference).build());
        boolean keyed = subject.does(Behavior.KEY);
        calls(dialect).forEach((what, call) -> {
            var named = call.auth().secretRef();
            require(!keyed || named.isPresent(),
                    "the request for " + what
                            + " names no key; encode it with config.auth(…), or say so in supports(KEY)");
            require(keyed || named.isEmpty(),
                    "the request for " + what + " names a key although supports(KEY) is false");
            require(named.isEmpty() || named.get().equals(reference),
                    "the request for " + what + " names another key than the configured one");
            String written = call.toBuilder().auth(new Auth.None()).build() + call.uri().toString();
            require(!written.contains(SECRET_TEXT), "the text of the key stands in the request for " + what);
            require(!written.contains(reference.reference()) && !written.contains(file.toString()),
                    "the reference of the key is written into the request for " + what
                            + "; name it with config.auth(…)");
        });
        require(!dialect.toString().contains(SECRET_TEXT), "the text of the key stands in toString()");
    }

    void noModelNameBreaksARequest() {
        var dialect = subject.http();
        var plain = new ModelPlaces(MODEL.id(), call(dialect, MODEL, Asked.plain(true)));
        for (String name : ModelPlaces.HOSTILE) {
            try {
                plain.compare(name, dialect.chat(ModelTarget.of(name), Asked.plain(true)));
            } catch (ProviderFailureException e) {
                require(REFUSALS.contains(e.failure().kind()), "the model " + ModelPlaces.shown(name)
                        + " is refused as " + e.failure().kind() + "; UNSUPPORTED is the kind for that");
            } catch (RuntimeException | StackOverflowError e) {
                throw Verdict.thrown("chat with the model " + ModelPlaces.shown(name), e);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    void aStreamIsAskedForOrNot() {
        var dialect = subject.http();
        var whole = call(dialect, MODEL, Asked.plain(false));
        var stream = call(dialect, MODEL, Asked.plain(true));
        boolean alike = whole.uri().equals(stream.uri()) && whole.body().equals(stream.body());
        require(alike != subject.does(Behavior.STREAMING), alike
                ? "a stream is not asked for: the request is the one for a whole answer; or say so in supports(STREAMING)"
                : "a stream is asked for although supports(STREAMING) is false");
        given("framing()", dialect::framing);
        var decoder = given("streamDecoder()", dialect::streamDecoder);
        require(decoder != dialect.streamDecoder(), "streamDecoder() gives the same decoder twice");
    }

    void toolsAreOfferedOrRefused() {
        expressed(Behavior.TOOLS, "tools", Asked.tools(false));
    }

    void aSchemaIsAskedForOrRefused() {
        expressed(Behavior.JSON_SCHEMA, "a JSON schema", Asked.schema());
    }

    void anImageIsSentOrRefused() {
        expressed(Behavior.VISION, "an image", Asked.image());
    }

    private void expressed(Behavior behavior, String what, ChatRequest request) {
        boolean does = subject.does(behavior);
        try {
            switch (subject.create(subject.config())) {
                case HttpDialect dialect -> carries(dialect, what, request, does);
                case DirectProvider direct -> {
                    try (direct) {
                        direct.chat(MODEL, request, new Patience(), event -> {});
                    }
                }
            }
        } catch (ProviderFailureException e) {
            require(!does,
                    "a request with " + what + " is refused: " + e.failure().message() + "; or say so in supports("
                            + behavior + ")");
            require(e.failure().kind() == FailureKind.UNSUPPORTED,
                    "a request with " + what + " is refused as " + e.failure().kind() + ", not as UNSUPPORTED");
            return;
        } catch (InterruptedException | RuntimeException e) {
            throw Verdict.thrown("a request with " + what, e);
        }
        require(does, "a request with " + what + " is not refused although supports(" + behavior
                + ") is false; throw a ProviderFailureException of kind UNSUPPORTED");
    }

    /** What is asked for must be in the body, or the model never hears of it. */
    private static void carries(HttpDialect dialect, String what, ChatRequest request, boolean does) {
        var bare = ChatRequest.builder().messages(List.copyOf(request.messages())).stream(request.stream()).build();
        var call = dialect.chat(MODEL, request);
        boolean dropped = !request.equals(bare) && call.body().equals(dialect.chat(MODEL, bare).body());
        require(!does || !dropped, "a request with " + what + " is encoded without it");
    }

    /** A call that nobody gives up. */
    private record Patience() implements DirectProvider.Call {
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
    }

    void embeddingsAreOfferedOrNot() {
        var embeddings = given("embeddings()", subject.http()::embeddings);
        boolean does = subject.does(Behavior.EMBEDDINGS);
        require(embeddings.isPresent() == does, does ? "embeddings() is empty; or say so in supports(EMBEDDINGS)"
                : "embeddings() is there although supports(EMBEDDINGS) is false");
    }

    void modelsAreOfferedOrNot() {
        boolean does = subject.does(Behavior.LIST_MODELS);
        boolean has = switch (subject.create(subject.config())) {
            case HttpDialect dialect -> given("models()", dialect::models).isPresent();
            case DirectProvider direct -> {
                try (direct) {
                    yield !given("models()", direct::models).isEmpty();
                }
            }
        };
        require(has == does, does ? "models() is empty; or say so in supports(LIST_MODELS)"
                : "models() is there although supports(LIST_MODELS) is false");
    }

    /** Return every kind of call that the dialect makes, by what it is for. */
    private Map<String, HttpCall> calls(HttpDialect dialect) {
        var calls = new LinkedHashMap<String, HttpCall>();
        Asked.usual().forEach((what, request) -> calls.put(what, call(dialect, MODEL, request)));
        if (subject.does(Behavior.TOOLS)) {
            calls.put("tools", call(dialect, MODEL, Asked.tools(true)));
        }
        given("embeddings()", dialect::embeddings).ifPresent(embeddings -> calls.put("embeddings",
                given("embeddings().call(…)", () -> embeddings.call(MODEL, EmbeddingRequest.of(List.of("a", "b"))))));
        given("models()", dialect::models)
                .ifPresent(models -> calls.put("the list of models", given("models().call()", models::call)));
        given("checks()", dialect::checks).forEach(check -> calls.put("the check " + check.name(), check.call()));
        return calls;
    }

    private static HttpCall call(HttpDialect dialect, ModelTarget model, ChatRequest request) {
        return given("chat(…)", () -> dialect.chat(model, request));
    }
}
