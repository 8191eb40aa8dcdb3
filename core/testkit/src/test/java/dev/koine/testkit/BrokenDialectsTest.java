package dev.koine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A good dialect keeps every rule, and for each rule there is a dialect, one line away from it, that breaks it. */
@Timeout(300)
class BrokenDialectsTest {
    private static final Set<Behavior> USUAL = EnumSet.complementOf(
            EnumSet.of(Behavior.JSON_SCHEMA, Behavior.VISION, Behavior.EMBEDDINGS));

    @TempDir Path folder;

    @ExtendWith(Seed.Resolver.class)
    static class SeededContractTest extends DialectContract {
        private static final String WHOLE = """
                {"choices": [{"index": 0, "message": {"role": "assistant", "content": "a\\nb"}, "finish_reason": "stop"}]}
                """;
        private static final String STREAM = """
                data: {"choices": [{"index": 0, "delta": {"content": "a"}}]}

                data: {"choices": [{"index": 0, "delta": {"content": "\\n"}}]}

                data: {"choices": [{"index": 0, "delta": {"content": "b"}, "finish_reason": "stop"}]}

                data: [DONE]

                """;

        private final Seed seed;

        SeededContractTest(Seed seed) {
            this.seed = seed;
        }

        @Override
        protected ProviderSpi spi() {
            return seed.spi();
        }

        @Override
        protected boolean supports(Behavior behavior) {
            return seed.behaviors().contains(behavior);
        }

        @Override
        protected ProviderConfig config() {
            return ProviderConfig.builder("contract").baseUrl("https://api.acme.example/v1").build();
        }

        @Override
        protected Optional<SimulatedDialect> simulated() {
            return Optional.of(SimulatedDialect.OPENAI);
        }

        @Override
        protected List<Sample> samples() {
            return List.of(Sample.of("a recorded answer", WHOLE, STREAM));
        }
    }

    static class Misnamed extends SeededContractTest {
        Misnamed(Seed seed) {
            super(seed);
        }
    }

    /**
     * A dialect that breaks a rule.
     *
     * @param rule the rule
     * @param says what the rule says then
     * @param broken how the good dialect is changed
     * @param flipped what its author says wrongly of it
     * @param also further rules that it may break too
     */
    record Bad(String rule, String says, UnaryOperator<Fixture> broken, Set<Behavior> flipped, Set<String> also) {
        Bad flip(Behavior behavior) {
            return new Bad(rule, says, broken, Set.of(behavior), also);
        }

        Bad also(String... rules) {
            return new Bad(rule, says, broken, flipped, Set.of(rules));
        }

        @Override
        public String toString() {
            return rule + ": " + says;
        }
    }

    private static Bad bad(String rule, String says, String from, String to) {
        return bad(rule, says, fixture -> fixture.change(from, to));
    }

    private static Bad bad(String rule, String says, UnaryOperator<Fixture> broken) {
        return new Bad(rule, says, broken, Set.of(), Set.of());
    }

    static Stream<Bad> bad() {
        String chat = "return HttpCall.post(base.resolve(\"/chat/completions\"), auth, body.build());";
        String stream = "choice(frame.json());\n            var delta";
        return Stream.of(
                bad("behaviorsAndEndpointsFitTogether",
                        "there is somebody to ask although supports says that there is not",
                        fixture -> fixture).flip(Behavior.ROUND_TRIP),
                bad("theProviderHasAPublicConstructorWithoutParameters",
                        "com.example.acme.AcmeProvider has no public constructor without parameters",
                        "public AcmeProvider() {}", "private AcmeProvider() {}\n"
                                + "public static AcmeProvider provider() { return new AcmeProvider(); }")
                        // On the class path nobody asks the method.
                        .also("theDialectCanBeUnloaded"),
                bad("theDescriptorIsTheSameAtEveryCall", "descriptor() gives another value at the second call",
                        "return DESCRIPTOR;", "return DialectDescriptor.of(\"acme\", \"Acme \" + System.nanoTime());"),
                bad("theIdIsNotReserved", "the id 'sim' is a name that Koine keeps for itself", "\"acme\"", "\"sim\"")
                        .also("aQuestionIsAnswered", "aQuestionIsAnsweredInAStream", "aToolIsCalled", "aWrongKeyIsTold",
                                "aStreamCanBeCancelled", "aLostStreamIsNoAnswer", "modelsAreListed"),
                bad("theSummaryIsOneLine", "the summary is empty; lists show it", "\"Acme's chat service\"", "\"\""),
                bad("keysAreInKebabCaseAndDocumented", "the option 'teamName' is not in kebab case", "\"team\"",
                        "\"teamName\""),
                bad("keysAreInKebabCaseAndDocumented", "the option 'team' has no line of documentation", "\"who pays\"",
                        "\"\""),
                bad("aProviderIsMadeOfTheConfiguration",
                        "a notice is no sentence in one line without a full stop: 'It is slow.'",
                        "return List.of();\n    }\n}", "return List.of(\"It is slow.\");\n    }\n}"),
                bad("aConfigurationThatCannotWorkIsNamed",
                        "create with nothing but options threw java.util.NoSuchElementException: No value present",
                        "config.requireBaseUrl()", "config.baseUrl().get()"),
                bad("aConfigurationThatCannotWorkIsNamed",
                        "create with nothing but options names 'url', which is no key of the configuration",
                        "config.requireBaseUrl()",
                        "config.baseUrl().orElseThrow(() -> new ConfigurationException(\"url\", \"there is none\"))"),
                bad("anyUrlIsJudgedAlike",
                        "recognise(https://gw.example.com/a/b%2Fc?x=1) threw java.lang.IllegalStateException: a query",
                        "return base.origin().host().ends",
                        "base.query().ifPresent(query -> { throw new IllegalStateException(\"a query\"); });\n"
                                + "return base.origin().host().ends"),
                bad("aUrlThatSaysNothingIsNotClaimed",
                        "it claims https://api.example.com, about which nothing is known: "
                                + "Koine's own dialects would be tied with it",
                        "return base.origin().host().endsWith(\".acme.example\")",
                        "return base.origin().host().endsWith(\".example.com\")"),
                bad("theModuleProvidesTheDialect", "the module com.example.acme does not say: provides "
                        + "dev.koine.spi.ProviderSpi with com.example.acme.AcmeProvider",
                        fixture -> fixture.change("with com.example.acme.AcmeProvider", "with com.example.acme.Other")
                                .file("META-INF/services/dev.koine.spi.ProviderSpi", "com.example.acme.Other\n")
                                .file("com/example/acme/Other.java", """
                                        package com.example.acme;
                                        import dev.koine.spi.*;
                                        public final class Other implements ProviderSpi {
                                            public DialectDescriptor descriptor() {
                                                return DialectDescriptor.of("other", "another");
                                            }
                                            public Provider create(ProviderConfig config) {
                                                return new AcmeProvider().create(config);
                                            }
                                        }
                                        """))
                        .also("theDialectCanBeUnloaded"),
                bad("theServicesFileNamesTheSameProviders",
                        "META-INF/services/dev.koine.spi.ProviderSpi names [com.example.acme.Old], "
                                + "the module provides [com.example.acme.AcmeProvider]",
                        fixture -> fixture.file("META-INF/services/dev.koine.spi.ProviderSpi",
                                "com.example.acme.Old # renamed\n"))
                        // On the class path this file alone counts.
                        .also("theDialectCanBeUnloaded"),
                bad("theModuleRequiresTheSpiAndNotTheEngine",
                        "the module com.example.acme requires dev.koine.simulator, which is no door of Koine's to dialects",
                        "requires dev.koine.spi;", "requires dev.koine.spi; requires dev.koine.simulator;"),
                bad("theEngineTakesTheJarAsAPlugin",
                        "it bundles classes of dev.koine (dialect.jar), which Koine provides; "
                                + "use scope provided for Koine's own jars",
                        fixture -> fixture.file("dev/koine/extra/Extra.java",
                                "package dev.koine.extra;\npublic final class Extra {}\n")),
                bad("theEngineTakesTheJarAsAPlugin", "supports(PLUGIN) is false; expected 'it bundles com.example.acme "
                        + "(dialect.jar), which Koine provides', the engine says []", fixture -> fixture)
                        .flip(Behavior.PLUGIN),
                bad("presetsAreUnderstood", "presets.acme-eu has no 'as-of'",
                        fixture -> fixture.file("META-INF/koine/presets.toml", """
                                schema-version = 1
                                [presets.acme-eu]
                                name = "Acme"
                                dialect = "acme"
                                base-url = "https://eu.acme.example/v1"
                                source = "https://acme.example/docs"
                                """)),
                bad("presetsAreUnderstood", "the preset acme-eu is for the dialect openai, which is another one",
                        fixture -> fixture.file("META-INF/koine/presets.toml", """
                                schema-version = 1
                                [presets.acme-eu]
                                name = "Acme"
                                dialect = "openai"
                                base-url = "https://eu.acme.example/v1"
                                source = "https://acme.example/docs"
                                as-of = "2026-01-01"
                                """)),
                bad("theDialectCanBeUnloaded", "the dialect's classes are still loaded after everything was let go: "
                        + "a thread, a thread local, a shutdown hook or a registration with the platform holds them",
                        "public AcmeProvider() {}", """
                                public AcmeProvider() {
                                    Thread.ofPlatform().daemon().start(() -> java.util.concurrent.locks.LockSupport.park(this));
                                }"""),
                bad("theSameRequestIsEncodedAlike", "the request for a whole answer is encoded differently by another "
                        + "instance", chat, "body.put(\"user\", System.identityHashCode(this));\n" + chat),
                bad("requestsStayOnTheConfiguredOrigin",
                        "the request for the list of models: the dialect left https://api.acme.example for "
                                + "https://models.acme.example",
                        "HttpCall.get(base.resolve(\"/models\")",
                        "HttpCall.get(URI.create(\"https://models.acme.example/\")").also("modelsAreListed"),
                bad("theKeyIsNamedAndNeverWritten", "the reference of the key is written into the request for a whole "
                        + "answer; name it with config.auth(…)", chat,
                        chat.replace("body.build())", "body.build()).toBuilder().header(\"x-key\", "
                                + "config.apiKey().map(SecretRef::reference).orElse(\"\")).build()")),
                bad("theKeyIsNamedAndNeverWritten", "the text of the key stands in the request for a whole answer",
                        chat,
                        "body.put(\"user\", read(config));\n" + chat + """
                                }
                                private static String read(ProviderConfig config) {
                                    try {
                                        return Files.readString(Path.of(config.apiKey().get().reference().substring(5)));
                                    } catch (Exception e) {
                                        return "";
                                    }
                                """),
                bad("theKeyIsNamedAndNeverWritten",
                        "the request for a whole answer names a key although supports(KEY) is "
                                + "false",
                        fixture -> fixture).flip(Behavior.KEY),
                bad("noModelNameBreaksARequest", "chat with the model a b threw java.lang.IllegalArgumentException: "
                        + "Illegal character in query at index 52: https://api.acme.example/v1/chat/completions?model=a b",
                        "base.resolve(\"/chat/completions\")",
                        "base.resolve(\"/chat/completions?model=\" + model.id())"),
                bad("noModelNameBreaksARequest", "the model a;b,c&d=e+f changes the shape of the request: "
                        + "https://api.acme.example/v1/chat/completions?model=a%3Bb%2Cc&d=e%2Bf",
                        "base.resolve(\"/chat/completions\")", "base.resolve(\"/chat/completions?model=\" + "
                                + "BaseUrl.encode(model.id()).replace(\"%26\", \"&\").replace(\"%3D\", \"=\"))"),
                bad("noModelNameBreaksARequest", "the model vendor/model:free is sent as 'vendor_model:free' in the "
                        + "body.model", "put(\"model\", model.id())", "put(\"model\", model.id().replace('/', '_'))"),
                bad("aStreamIsAskedForOrNot", "a stream is asked for although supports(STREAMING) is false",
                        fixture -> fixture).flip(Behavior.STREAMING),
                bad("toolsAreOfferedOrRefused",
                        "a request with tools is not refused although supports(TOOLS) is false; "
                                + "throw a ProviderFailureException of kind UNSUPPORTED",
                        fixture -> fixture).flip(Behavior.TOOLS),
                bad("aSchemaIsAskedForOrRefused", "a request with a JSON schema is not refused although "
                        + "supports(JSON_SCHEMA) is false; throw a ProviderFailureException of kind UNSUPPORTED",
                        "request.responseFormat().isPresent()", "false"),
                bad("aSchemaIsAskedForOrRefused", "a request with a JSON schema is encoded without it",
                        "request.responseFormat().isPresent()", "false").flip(Behavior.JSON_SCHEMA),
                bad("anImageIsSentOrRefused",
                        "a request with an image threw java.lang.IllegalArgumentException: an image",
                        "throw unsupported(\"an image\")", "throw new IllegalArgumentException(\"an image\")"),
                bad("embeddingsAreOfferedOrNot", "embeddings() is empty; or say so in supports(EMBEDDINGS)",
                        fixture -> fixture).flip(Behavior.EMBEDDINGS).also("textsBecomeVectors"),
                bad("textsBecomeVectors", "request.unsupported: the dialect acme has no embeddings", fixture -> fixture)
                        .flip(Behavior.EMBEDDINGS).also("embeddingsAreOfferedOrNot"),
                bad("modelsAreOfferedOrNot", "models() is there although supports(LIST_MODELS) is false",
                        fixture -> fixture).flip(Behavior.LIST_MODELS),
                bad("aStreamSaysTheSameAsTheWholeAnswer", "a recorded answer is Said[text=a\nb, reasoning=, "
                        + "refusal=Optional.empty, calls=[], outcome=COMPLETE] as a whole, and Said[text=ab, reasoning=, "
                        + "refusal=Optional.empty, calls=[], outcome=COMPLETE] as a stream",
                        "delta.text(\"content\").ifPresent(", "delta.text(\"content\").filter(text -> !text.isBlank())"
                                + ".ifPresent("),
                bad("everySplitOfAStreamIsReadAlike",
                        "a recorded answer is read differently when it comes in two pieces, "
                                + "split at byte 62 of 226",
                        fixture -> fixture
                                .change("var choice = " + stream, "last = frame.buffer();\nat = frame.offset();\n"
                                        + "size = frame.length();\nvar choice = " + stream)
                                .change("private boolean done;",
                                        "private boolean done;\nprivate byte[] last = {};\nprivate int at;\n"
                                                + "private int size;")
                                .change("if (frame.text().equals(\"[DONE]\")) {", """
                                        if (size > 0) {
                                            sink.accept(new ChatEvent.Other(0, "last", Json.of(new String(last, at, size))));
                                        }
                                        if (frame.text().equals("[DONE]")) {""")),
                bad("aCutStreamIsNeverComplete",
                        "a recorded answer, cut off at byte 0 of 226, is COMPLETE; end(CUT, …) "
                                + "must not claim that it is whole",
                        "sink.accept(finished ? ", "sink.accept(true ? ")
                        .also("aLostStreamIsNoAnswer", "garbageIsAFailureAndNoAnswer"),
                bad("aLostStreamIsNoAnswer", "an answer whose connection is lost in the middle is COMPLETE",
                        "sink.accept(finished ? ", "sink.accept(end == End.CUT || finished ? ")
                        .also("aCutStreamIsNeverComplete"),
                bad("garbageIsAFailureAndNoAnswer", "decode of an empty body threw java.util.NoSuchElementException: "
                        + "No value present", "choice(reply.json())", "choice(Optional.of(reply.json().get()))"),
                bad("garbageIsAFailureAndNoAnswer", "an empty body, as a stream, does not end with Ended or Failed",
                        "sink.accept(finished ? new ChatEvent.Ended(true) : new ChatEvent.Failed(",
                        "if (finished || end == End.CUT) sink.accept(finished ? new ChatEvent.Ended(true) : "
                                + "new ChatEvent.Failed("),
                bad("everyRefusalIsRead", "decodeFailure of 400 with an empty body threw "
                        + "java.util.NoSuchElementException: No value present", "return ProviderFailure.of(switch",
                        "reply.json().orElseThrow();\nreturn ProviderFailure.of(switch")
                        .also("theDialectCanBeUnloaded"),
                bad("usualRefusalsAreToldApart", "429 is told as PROVIDER; it is one of "
                        + "[OVERLOADED, RATE_LIMITED, QUOTA]", "case 429 -> FailureKind.RATE_LIMITED",
                        "case 429 -> FailureKind.PROVIDER"),
                bad("aQuestionIsAnswered",
                        "the endpoint repeats what it is told: 'one two three four five six', decoded "
                                + "as 'ONE TWO THREE FOUR FIVE SIX'",
                        "said(\"user\", text(parts))",
                        "said(\"user\", text(parts).toUpperCase())")
                        .also("aQuestionIsAnsweredInAStream", "aStreamCanBeCancelled"),
                bad("aQuestionIsAnsweredInAStream",
                        "the endpoint repeats what it is told: 'one two three four five six', "
                                + "decoded as 'ONE TWO THREE FOUR FIVE SIX'",
                        "said(\"user\", text(parts))",
                        "said(\"user\", text(parts).toUpperCase())")
                        .also("aQuestionIsAnswered", "aStreamCanBeCancelled"),
                bad("aStreamCanBeCancelled", "what came before is decoded as 'ONE '", "said(\"user\", text(parts))",
                        "said(\"user\", text(parts).toUpperCase())")
                        .also("aQuestionIsAnswered", "aQuestionIsAnsweredInAStream"),
                bad("aStreamCanBeCancelled", "there is no answer that could be cancelled: contract refused the key "
                        + "(401)", chat,
                        chat.replace("auth,", "new dev.koine.spi.Auth.Header(\"x-other\", config.apiKey()),"))
                        .also("aQuestionIsAnswered", "aQuestionIsAnsweredInAStream", "aToolIsCalled",
                                "aLostStreamIsNoAnswer", "aStreamSaysTheSameAsTheWholeAnswer",
                                "everySplitOfAStreamIsReadAlike", "aCutStreamIsNeverComplete",
                                "theDialectCanBeUnloaded"),
                bad("aToolIsCalled", "the tool 'lookup' is called as 'LOOKUP'", "function.text(\"name\")",
                        "function.text(\"name\").map(String::toUpperCase)"),
                bad("aWrongKeyIsTold", "a wrong key is told as SERVER: contract failed (401)",
                        "case 401 -> FailureKind.AUTH_REJECTED",
                        "case 401 -> reply.text().contains(\"invalid_api_key\") ? FailureKind.SERVER "
                                + ": FailureKind.AUTH_REJECTED"),
                bad("modelsAreListed", "the list of models is empty", "return models;", "return List.of();"));
    }

    @Test
    void theGoodDialectKeepsEveryRule() {
        var trial = Trial.of(SeededContractTest.class, Seed.parameters(Fixture.acme(), folder, USUAL));
        assertThat(trial.broken()).isEmpty();
        assertThat(trial.skipped().keySet()).containsExactly("textsBecomeVectors");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBrokenRuleSaysWhatIsWrong(Bad bad) {
        var behaviors = new HashSet<>(USUAL);
        bad.flipped().forEach(behavior -> {
            if (!behaviors.remove(behavior)) {
                behaviors.add(behavior);
            }
        });
        var trial = Trial.of(SeededContractTest.class,
                Seed.parameters(bad.broken().apply(Fixture.acme()), folder, behaviors));
        var expected = new TreeSet<>(bad.also());
        expected.add(bad.rule());
        assertThat(trial.broken()).as("%s", trial.broken()).containsOnlyKeys(expected).containsEntry(bad.rule(),
                bad.says());
    }

    @Test
    void aContractOfAnotherNameIsToldSo() {
        assertThat(Trial.of(Misnamed.class, Seed.parameters(Fixture.acme(), folder, USUAL)).broken()).containsOnly(
                java.util.Map.entry("theTestClassIsCalledContractTest",
                        "the class is called Misnamed; call it MisnamedContractTest, so that build tools run it"));
    }

    @Test
    void everyRuleCanBeBroken() {
        var rules = Arrays.stream(DialectContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)).map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        rules.remove("theTestClassIsCalledContractTest");
        assertThat(bad().map(Bad::rule)).containsAll(rules);
    }
}
