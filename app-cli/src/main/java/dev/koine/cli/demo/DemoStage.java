package dev.koine.cli.demo;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ProviderFailureException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.core.CallOptions;
import dev.koine.core.ChatStream;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.Selection;
import dev.koine.simulator.Ending;
import dev.koine.simulator.Fault;
import dev.koine.simulator.ReceivedRequest;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the demo plays on: simulated services, an engine with a throw-away home, a plugin in it. */
final class DemoStage implements AutoCloseable {
    private static final String QUESTION = "Which endpoint is this, and does every word of the answer come as a piece?";
    private static final String LONG_QUESTION = "word ".repeat(200).strip();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String KEY = "env:DEMO_KEY";
    private static final int ENOUGH = 9;

    private final Path home;
    private final Simulator guarded = Simulator.builder().key("demo-key").start();
    private final Simulator open = Simulator.builder().pause(Duration.ofMillis(5)).start();
    private final Koine koine;
    private final CompletableFuture<PluginInfo> plugin;

    /** One row of the demo: its action says what was seen, and throws if that is not what it should be. */
    record Scene(String title, Supplier<String> action) {}

    private DemoStage(Path home) throws IOException {
        this.home = home;
        Path jar = home.resolve("data/plugins/acme-chat.jar");
        Files.createDirectories(jar.getParent());
        try (InputStream in = DemoStage.class.getResourceAsStream("acme-chat.jar")) {
            if (in == null) {
                throw new IllegalStateException("the demo's plugin is missing from this build");
            }
            Files.copy(in, jar);
        }
        koine = Koine.open(KoineOptions.builder().paths(KoinePaths.under(home)).directory(home).offline(true)
                .env(Map.of("DEMO_KEY", "demo-key", "WRONG_KEY", "some-other-key")).build());
        // Trusting tries the jar in a Java process of its own; meanwhile the other rows are played.
        plugin = CompletableFuture.supplyAsync(() -> koine.plugins().trust("acme-chat"), DemoStage::daemon);
    }

    private static void daemon(Runnable task) {
        Thread.ofPlatform().daemon().name("koine-demo").start(task);
    }

    static DemoStage open() throws IOException {
        return new DemoStage(Files.createTempDirectory("koine-demo"));
    }

    List<Scene> scenes() {
        return List.of(
                new Scene("simulated provider", () -> "on " + guarded.origin(SimulatedDialect.OPENAI)),
                new Scene("generic endpoint, base …/v1",
                        () -> streamed(guarded.base(SimulatedDialect.OPENAI).toString(), SimulatedDialect.OPENAI)),
                new Scene("the same, base without /v1", this::sameWithoutVersion),
                new Scene("endpoint without /v1",
                        () -> streamed(guarded.base(SimulatedDialect.OPENAI_BARE).toString(),
                                SimulatedDialect.OPENAI_BARE)),
                new Scene("Azure deployment URL", this::azure),
                new Scene("third-party dialect jar", this::plugin),
                new Scene("429 with retry-after-ms: 50", this::rateLimited),
                new Scene("wrong key", this::wrongKey),
                new Scene("cancelled mid-stream", this::cancelled));
    }

    /** Ask, and return the request line that arrived and how the answer came. */
    private String streamed(String base, SimulatedDialect dialect) {
        int pieces = ask(select(base, Optional.of(dialect.id()), KEY));
        return requestLine(last(guarded)) + ", " + pieces + " tokens streamed";
    }

    private String sameWithoutVersion() {
        ReceivedRequest before = last(guarded);
        String line = streamed(guarded.origin(SimulatedDialect.OPENAI).toString(), SimulatedDialect.OPENAI);
        ReceivedRequest after = last(guarded);
        require(before.target().equals(after.target()) && Arrays.equals(before.body(), after.body())
                && before.headers().equals(after.headers()), "the requests differ");
        return line + ", same request bytes";
    }

    private String azure() {
        int pieces = ask(koine.registry().select(koine.registry().oneShot(new OneShot(
                guarded.base(SimulatedDialect.AZURE).toString(), Optional.of("azure"), Optional.of(KEY),
                Optional.of("2024-10-21"), Map.of()))));
        ReceivedRequest request = last(guarded);
        require(request.header("api-key").isPresent(), "the header api-key is missing");
        return requestLine(request) + ", api-key header, " + pieces + " tokens streamed";
    }

    private String plugin() {
        PluginInfo info = trusted();
        int pieces = ask(select(open.origin(SimulatedDialect.OPENAI).toString(), Optional.of("acme-chat"), KEY));
        ReceivedRequest request = last(open);
        require(request.header("x-acme-key").isPresent(), "the header x-acme-key is missing");
        return requestLine(request) + ", x-acme-key header, " + pieces + " tokens streamed by acme-chat"
                + info.version().map(version -> " " + version).orElse("") + ", a jar in its own module layer";
    }

    private PluginInfo trusted() {
        PluginInfo info;
        try {
            info = plugin.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the jar could not be trusted: " + e.getCause(), e);
        }
        require(info.dialects().contains("acme-chat"), "the jar was refused: " + info.problems());
        return info;
    }

    private String rateLimited() {
        int before = guarded.requests().size();
        guarded.script(Fault.rateLimited(Duration.ofMillis(50)));
        int pieces = ask(select(guarded.origin(SimulatedDialect.OPENAI).toString(), Optional.empty(), KEY));
        int requests = guarded.requests().size() - before;
        require(requests == 2, requests + " requests were sent instead of 2");
        return requestLine(last(guarded)) + ", retried once, " + pieces + " tokens streamed";
    }

    private String wrongKey() {
        try {
            ask(select(guarded.origin(SimulatedDialect.OPENAI).toString(), Optional.empty(), "env:WRONG_KEY"));
        } catch (ProviderFailureException e) {
            Problem problem = Failures.of(e.failure());
            require(problem.exit() == ExitCode.NOT_ALLOWED, "it ended as " + problem.exit());
            return requestLine(last(guarded)) + ", explained, exit code " + problem.exit().code();
        }
        throw new IllegalStateException("a wrong key was taken");
    }

    private String cancelled() {
        Selection selection = koine.registry().select(koine.registry().oneShot(OneShot.at(
                open.origin(SimulatedDialect.OPENAI).toString())), "slow");
        int pieces = 0;
        try (ChatStream stream = koine.stream(selection, ChatRequest.of(LONG_QUESTION), CallOptions.DEFAULT)) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.TextDelta && ++pieces == ENOUGH) {
                    stream.cancel();
                }
            }
        }
        ReceivedRequest request = last(open);
        require(request.delivery().awaitEnd(PATIENCE).equals(Optional.of(Ending.CLOSED_BY_CLIENT)),
                "the server did not see the connection close");
        return requestLine(request) + ", server saw the connection close after " + pieces + " tokens";
    }

    private Selection select(String base, Optional<String> dialect, String key) {
        return koine.registry().select(koine.registry()
                .oneShot(new OneShot(base, dialect, Optional.of(key), Optional.empty(), Map.of())), "echo");
    }

    /** Ask and return in how many pieces the answer came. */
    private int ask(Selection selection) {
        int pieces = 0;
        try (ChatStream stream = koine.stream(selection, ChatRequest.of(QUESTION), CallOptions.DEFAULT)) {
            for (ChatEvent event : stream) {
                pieces += event instanceof ChatEvent.TextDelta ? 1 : 0;
            }
            require(stream.response().text().equals(QUESTION), "another answer came: " + stream.response().text());
        }
        return pieces;
    }

    private static ReceivedRequest last(Simulator simulator) {
        return simulator.requests().getLast();
    }

    private static String requestLine(ReceivedRequest request) {
        return request.method() + " " + request.target();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public void close() throws IOException {
        koine.close();
        guarded.close();
        open.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
