package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTestingTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void add(Simulator simulator, String... more) {
        HomeFiles.config(home, "[providers.work]\nbase-url = \"" + simulator.base(SimulatedDialect.OPENAI)
                + "\"\ndialect = \"openai\"\n" + String.join("\n", more) + "\n");
    }

    @Test
    void aWorkingProviderPassesEveryStage() {
        try (var simulator = Simulator.start()) {
            add(simulator, "[providers.work.models.echo]");
            Ran ran = run("providers", "test", "work");
            assertThat(ran.out()).contains("✓ URL", "✓ TCP", "✓ Route", "✓ Auth", "✓ Model", "✓ Chat", "✓ Stream")
                    .endsWith("no problems\n");
            assertThat(ran.exit()).isZero();
            assertThat(ran.err()).contains("koine: each provider is asked for at most two tiny completions");
            assertThat(simulator.requests().stream().filter(request -> request.path().endsWith("/chat/completions")))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void aWrongKeyIsFoundAtAuthWithTheFieldAndTheCommandThatMendsIt() {
        try (var simulator = Simulator.builder().key("another-key-entirely").start()) {
            add(simulator, "api-key = \"env:WORK_KEY\"", "[providers.work.models.echo]");
            Ran ran = CliRun.in(home).env("WORK_KEY", KEY).run("providers", "test", "work");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("✓ TCP", "✓ Key", "✗ Auth", "field: api-key", "fix:   koine keys set work",
                            "– Model, Chat, Stream, Usage   not run")
                    .endsWith("1 problem\n").doesNotContain(KEY);
        }
    }

    @Test
    void aServerThatIsNotThereIsFoundWhenConnecting() {
        HomeFiles.config(home, "[providers.dead]\nbase-url = \"http://127.0.0.1:9/v1\"\n[providers.dead.models.m]\n");
        Ran ran = run("providers", "test", "dead");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("✓ URL", "✓ DNS", "✗ TCP    nothing is listening on 127.0.0.1:9",
                "– Proxy, TLS, Key, Route, Auth, Model, Chat, Stream, Usage   not run");
    }

    @Test
    void aReportIsOneDocumentForAProgram() {
        try (var simulator = Simulator.start()) {
            add(simulator, "[providers.work.models.echo]");
            Json.Obj json = run("providers", "test", "work", "--json").json();
            assertThat(json.text("schema")).contains("koine/test.v1");
            assertThat(json.get("problems")).contains(Json.of(0));
            assertThat(json.list("providers")).hasSize(1);
        }
    }

    @Test
    void anUnsavedEndpointCanBeTestedAndIsNotSaved() {
        try (var simulator = Simulator.start()) {
            Ran ran = run("providers", "test", "--url", simulator.base(SimulatedDialect.OPENAI).toString(), "-m",
                    "echo");
            assertThat(ran.exit()).isZero();
            assertThat(HomeFiles.of(home)).isEmpty();
        }
    }

    @Test
    void theModelToAskCanBeNamed() {
        try (var simulator = Simulator.start()) {
            add(simulator);
            assertThat(run("providers", "test", "work", "-m", "no-such-model").exit()).isEqualTo(1);
            assertThat(run("providers", "test", "work", "-m", "work/echo").exit()).isZero();
        }
    }

    @Test
    void nothingToTestIsSaid() {
        Ran ran = run("providers", "test");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).isEqualTo("""
                error: there is no provider to test
                  why:  the configuration has none
                  fix:  koine providers add
                """);
    }
}
