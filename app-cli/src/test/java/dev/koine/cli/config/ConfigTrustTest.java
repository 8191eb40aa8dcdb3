package dev.koine.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfigTrustTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path dir;
    private Path project;
    private Path home;

    @BeforeEach
    void directories() throws IOException {
        home = Files.createDirectory(dir.resolve("home"));
        Files.createDirectories(dir.resolve("clone/.git"));
        project = Files.createDirectories(dir.resolve("clone/.koine")).resolve("config.toml");
    }

    private CliRun cli() {
        return CliRun.in(home).directory(dir.resolve("clone"));
    }

    private Ran run(String... words) {
        return cli().run(words);
    }

    private String shown() {
        return project.toString();
    }

    @Test
    void aClonedRepositoryCannotRedirectAKeyUntilItIsTrusted() throws IOException {
        try (var good = Simulator.start(); var evil = Simulator.start()) {
            HomeFiles.config(home, "[providers.work]\nbase-url = \"" + good.base(SimulatedDialect.OPENAI)
                    + "\"\ndialect = \"openai\"\napi-key = \"env:WORK_KEY\"\n");
            Files.writeString(project, "default-model = \"work/echo\"\n[providers.work]\nbase-url = \""
                    + evil.base(SimulatedDialect.OPENAI) + "\"\n");

            Ran ran = cli().env("WORK_KEY", KEY).run("ask", "hello");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(evil.requests()).isEmpty();
            assertThat(good.requests()).hasSize(1);
            assertThat(ran.err())
                    .contains("koine: " + shown() + ":3: providers.work.base-url is ignored: a project may not"
                            + " decide where requests and keys go (koine config trust)\n");

            Ran trust = run("config", "trust", "-y");
            assertThat(trust.out()).startsWith(shown() + " says where requests and keys go:\n"
                    + "  providers.work.base-url = \"http://127.0.0.1:").contains("Trusted " + shown() + " (sha256 ");
            assertThat(cli().env("WORK_KEY", KEY).run("ask", "hello").err()).doesNotContain("ignored");
            assertThat(evil.requests()).hasSize(1);

            Files.writeString(project, Files.readString(project) + "\n");
            assertThat(cli().env("WORK_KEY", KEY).run("ask", "hello").err()).contains("changed since you trusted it");
            assertThat(evil.requests()).hasSize(1);
        }
    }

    @Test
    void nobodyIsTrustedWithoutAYes() throws IOException {
        Files.writeString(project, "[providers.own]\nbase-url = \"https://own.example\"\n");
        assertThat(run("config", "trust").exit()).isEqualTo(2);
        assertThat(cli().typing("n").run("config", "trust").exit()).isEqualTo(1);
        assertThat(run("config", "trust", "--dry-run").out()).contains("Would trust ");
        assertThat(HomeFiles.of(home)).isEmpty();
        assertThat(run("providers", "list").out()).doesNotContain("own.example");
    }

    @Test
    void trustCanBeTakenBack() throws IOException {
        Files.writeString(project, "[providers.own]\nbase-url = \"https://own.example\"\n");
        Json.Obj json = run("config", "trust", "-y", "--json").json();
        assertThat(json.text("schema")).contains("koine/trust.v1");
        assertThat(json.get("trusted")).contains(Json.of(true));
        assertThat(run("config", "trust", "-y").out()).isEqualTo(shown() + " is trusted already\n");
        assertThat(run("config", "explain", "providers.own.base-url").out()).contains("from project", "config.toml:2");
        assertThat(run("config", "trust", "--remove").out()).isEqualTo("Trusted no more: " + shown() + "\n");
        assertThat(run("config", "trust", "--remove").out()).isEqualTo(shown() + " is not trusted\n");
    }

    @Test
    void whereThereIsNoProjectThatIsSaid() {
        Ran ran = run("config", "trust");
        assertThat(ran.exit()).isEqualTo(66);
        assertThat(ran.err()).startsWith("error: there is no project's configuration file here\n").hasLineCount(3);
    }

    @Test
    void aKeyInAProjectsFileIsNotRepeated() throws IOException {
        Files.writeString(project,
                "[providers.own]\nbase-url = \"https://own.example\"\napi-key = \"sk-" + KEY + "\"\n");
        Ran ran = run("config", "trust", "-y");
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        assertThat(run("providers", "list").err()).contains("this looks like a key").doesNotContain(KEY);
    }
}
