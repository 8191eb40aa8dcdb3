package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.command.Simulation;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to someone who configured nothing yet. */
class UnconfiguredTest {
    @TempDir Path home;

    private static LocalServers lmStudio() {
        return presets -> {
            Preset preset = presets.stream().filter(candidate -> candidate.id().equals("lmstudio")).findFirst()
                    .orElseThrow();
            return new LocalServers.Found(List.of(new LocalServers.Server(Optional.of(preset), 1234,
                    Optional.empty(), List.of("qwen3-8b", "x"))),
                    List.of(8000, 8080));
        };
    }

    @Test
    void aScriptNeverGetsMadeUpText() {
        var ran = CliRun.in(home).run("ask", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("""
                error: nothing is configured
                  why:  there is no provider to ask, and the simulator answers by itself only in a terminal
                  fix:  koine init
                        koine providers add
                        koine demo
                        koine ask -m sim/tutor "…"
                """);
    }

    @Test
    void aPersonGetsTheTutorAndIsTold() {
        var ran = CliRun.in(home).tty("out,err").run("ask", "How do I add Groq?");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("koine providers add groq");
        assertThat(ran.err()).isEqualTo(
                "koine: nothing is configured, so the built-in simulator (sim/tutor) answers\n");
    }

    @Test
    void whatCouldBeUsedIsNamedButNotUsed() {
        var ran = CliRun.in(home).localServers(lmStudio()).env("GROQ_API_KEY", "x").run("ask", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("koine ask -m lmstudio/qwen3-8b …", "koine ask -m groq/MODEL …");
    }

    @Test
    void aServiceWhoseAddressHasToBeFilledInIsOfferedOnceAndToBeAdded() {
        var asked = CliRun.in(home).env("AZURE_OPENAI_API_KEY", "x").run("ask", "hi");
        assertThat(asked.err()).contains("koine providers add azure-openai\n").doesNotContain("azure-openai/MODEL",
                "azure-openai-v1");
        assertThat(CliRun.in(home).env("AZURE_OPENAI_API_KEY", "x").run().out())
                .contains("AZURE_OPENAI_API_KEY (koine providers add azure-openai); used only");
    }

    @Test
    void theSimulatorCanBeForbiddenAndDemanded() {
        assertThat(CliRun.in(home).tty("out").env("KOINE_SIMULATOR", "never").run("ask", "hi").exit()).isEqualTo(78);
        assertThat(CliRun.in(home).env("KOINE_SIMULATOR", "always").run("ask", "hi").exit()).isZero();
    }

    @Test
    void theAnswerOfTheSimulatorSaysThatItIsSimulated() {
        var answer = CliRun.in(home).run("ask", "-m", "sim/echo", "--json", "hi").json();
        assertThat(answer.get("simulated")).hasToString("Optional[true]");
    }

    @Test
    void koineAloneShowsWhatIsThereAndWhatToDo() {
        var ran = CliRun.in(home).localServers(lmStudio()).env("GROQ_API_KEY", "x").run();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("not configured yet", "LM Studio on :1234 (2 models); nothing on :8000 :8080",
                "GROQ_API_KEY (-m groq/…); used only if you ask for it", "always there: sim/tutor",
                "koine ask \"hello\"");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aProgramLearnsOfKoineAloneWhatAPersonDoes() {
        var status = CliRun.in(home).localServers(lmStudio()).env("GROQ_API_KEY", "x").run("--json").json();
        assertThat(status.text("schema")).contains("koine/status.v1");
        assertThat(status.list("local_servers")).singleElement().asString()
                .contains("\"port\":1234", "\"name\":\"LM Studio\"", "\"preset\":\"lmstudio\"", "\"add\":");
        assertThat(status.list("keys_found")).singleElement()
                .hasToString("{\"variable\":\"GROQ_API_KEY\",\"preset\":\"groq\"}");
        HomeFiles.config(home, "[providers.work]\nbase-url = \"https://work.example/v1\"\n");
        var configured = CliRun.in(home).localServers(presets -> {
            throw new AssertionError("nobody is asked");
        }).run("--json").json();
        assertThat(configured.get("local_servers")).hasToString("Optional[null]");
    }

    @Test
    void anInvalidConfigurationIsToldAndNothingIsSent() throws IOException {
        Files.writeString(home.resolve("config.toml"), "[providers.x]\nbase_url = \"http://localhost:1\"\n");
        var ran = CliRun.in(home).run("ask", "-m", "x/y", "hi");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith(
                "error: " + home.resolve("config.toml") + ":2:1: unknown setting base_url; did you mean base-url?\n");
        assertThat(CliRun.in(home).run().exit()).isZero();
    }

    @Test
    void theSimulatorsModelsAreThoseThatItHas() {
        try (var simulator = dev.koine.simulator.Simulator.start()) {
            assertThat(Simulation.MODELS).containsExactlyInAnyOrderElementsOf(simulator.models());
        }
    }
}
