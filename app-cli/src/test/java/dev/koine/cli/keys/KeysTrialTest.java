package dev.koine.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code keys test} and {@code keys rotate}: what an endpoint says about a key. */
@Timeout(120)
class KeysTrialTest {
    private static final String OLD = "marker-key-0123456789abcdef";
    private static final String NEW = "marker-key-fedcba9876543210";

    @TempDir Path home;

    private Ran run(String... words) {
        Ran ran = CliRun.in(home).run(words);
        assertThat(ran.out() + ran.err()).doesNotContain(OLD, NEW);
        return ran;
    }

    private Ran giving(String key, String... words) {
        Ran ran = CliRun.in(home).stdin(key).run(words);
        assertThat(ran.out() + ran.err()).doesNotContain(OLD, NEW);
        return ran;
    }

    private void add(Simulator simulator, String more) {
        HomeFiles.config(home, "[providers.work]\nbase-url = \"" + simulator.base(SimulatedDialect.OPENAI)
                + "\"\ndialect = \"openai\"\n" + more + "[providers.work.models.echo]\n");
    }

    private String credentials() {
        return HomeFiles.of(home).getOrDefault("credentials.toml", "");
    }

    private static long completions(Simulator simulator) {
        return simulator.requests().stream().filter(request -> request.path().endsWith("/chat/completions")).count();
    }

    @Test
    void aKeyIsAcceptedByFreeRequestsWhereTheseCanTell() {
        try (var simulator = Simulator.builder().key(OLD).start()) {
            add(simulator, "");
            assertThat(giving(OLD, "keys", "set", "work", "--stdin").exit()).isZero();
            Ran ran = run("keys", "test", "work");
            assertThat(ran.out()).isEqualTo(
                    "✓ work: accepted: the list of models comes with the key and not without\n");
            assertThat(ran.err()).isEmpty();
            assertThat(ran.exit()).isZero();
            assertThat(completions(simulator)).isZero();
        }
    }

    @Test
    void aTinyCompletionIsAnnouncedWhereTheListIsOpenToEveryone() {
        try (var simulator = Simulator.start()) {
            add(simulator, "api-key = \"env:WORK_KEY\"\n");
            Ran ran = CliRun.in(home).env("WORK_KEY", OLD).run("keys", "test", "work");
            assertThat(ran.err())
                    .isEqualTo("koine: the list of models of work says nothing about the key: at most two tiny"
                            + " completions are asked for\n");
            assertThat(ran.out()).isEqualTo("✓ work: accepted: a completion came\n");
            assertThat(completions(simulator)).isBetween(1L, 2L);
        }
    }

    @Test
    void aRefusedKeyEndsWithTheCommandThatMendsIt() {
        try (var simulator = Simulator.builder().key(NEW).start()) {
            add(simulator, "api-key = \"env:WORK_KEY\"\n");
            Ran ran = CliRun.in(home).env("WORK_KEY", OLD).run("keys", "test");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).startsWith("✗ work: work refused the key (401").contains("fix:  koine keys set work")
                    .doesNotContain(OLD);
            var json = CliRun.in(home).env("WORK_KEY", OLD).run("keys", "test", "--json").json();
            assertThat(json.text("schema")).contains("koine/keytest.v1");
            assertThat(json.list("keys")).hasSize(1);
        }
    }

    @Test
    void nothingToTestIsSaid() {
        assertThat(run("keys", "test").err()).startsWith("error: there is no key to test\n");
        HomeFiles.config(home, "[providers.work]\nbase-url = \"http://127.0.0.1:9\"\napi-key = \"env:WORK_KEY\"\n");
        Ran ran = run("keys", "test", "work");
        assertThat(ran.out()).startsWith("– work: WORK_KEY is not set\n");
        assertThat(ran.exit()).isEqualTo(1);
    }

    @Test
    void aStoredKeyIsNotSentToAnotherOrigin() {
        try (var simulator = Simulator.builder().key(OLD).start(); var other = Simulator.start()) {
            add(simulator, "");
            giving(OLD, "keys", "set", "work", "--stdin");
            HomeFiles.config(home, HomeFiles.config(home).replace(
                    simulator.base(SimulatedDialect.OPENAI).toString(),
                    other.base(SimulatedDialect.OPENAI).toString()));
            Ran ran = run("ask", "-m", "work/echo", "hello");
            assertThat(ran.exit()).isEqualTo(78);
            assertThat(ran.err()).startsWith("error: the key stored as work belongs to http://127.0.0.1:").contains(
                    "  fix:  koine keys set work");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aNewKeyTakesTheOldOnesPlaceOnceItPasses() {
        try (var simulator = Simulator.builder().key(NEW).start()) {
            add(simulator, "");
            giving(OLD, "keys", "set", "work", "--stdin");
            Ran ran = giving(NEW, "keys", "rotate", "work", "--stdin");
            assertThat(ran.out()).endsWith("The new key is in use; the old one is forgotten here.\n");
            assertThat(ran.exit()).isZero();
            assertThat(credentials()).contains(NEW).doesNotContain(OLD, "@next");
        }
    }

    @Test
    void aRefusedNewKeyChangesNothing() {
        try (var simulator = Simulator.builder().key(OLD).start()) {
            add(simulator, "");
            giving(OLD, "keys", "set", "work", "--stdin");
            String before = credentials();
            Ran ran = giving(NEW, "keys", "rotate", "work", "--stdin");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).startsWith("✗ work: work refused the key")
                    .endsWith("The old key stays in use; the new one is forgotten.\n");
            assertThat(credentials().strip()).isEqualTo(before.strip());
        }
    }

    @Test
    void aNewKeyThatCannotBeTestedWaits() {
        try (var simulator = Simulator.builder().key(NEW).start()) {
            add(simulator, "");
            giving(OLD, "keys", "set", "work", "--stdin");
            simulator.close();
            Ran ran = giving(NEW, "keys", "rotate", "work", "--stdin");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("nothing is listening").endsWith(
                    "The old key stays in use; the new one waits: koine keys rotate work --retry\n");
            assertThat(credentials()).contains(OLD, NEW);
            assertThat(run("keys", "list").out()).contains("a new one waits: koine keys rotate work --retry");
            assertThat(run("keys", "rotate", "work", "--retry").exit()).isEqualTo(1);
            assertThat(run("keys", "remove", "work", "-y").exit()).isZero();
            assertThat(credentials()).doesNotContain(OLD, NEW);
        }
    }

    @Test
    void aKeyThatIsKeptElsewhereIsExchangedThere() {
        HomeFiles.config(home, "[providers.work]\nbase-url = \"http://127.0.0.1:9\"\napi-key = \"env:WORK_KEY\"\n");
        Ran ran = giving(NEW, "keys", "rotate", "work", "--stdin");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).isEqualTo("""
                error: Koine keeps no key of work
                  why:  it is taken from env:WORK_KEY: exchange it there
                  fix:  koine keys set work
                """);
        assertThat(run("keys", "rotate", "work", NEW).err()).startsWith("error: a key on the command line");
    }

    @Test
    void anOldKeyIsRemindedOf() throws IOException {
        HomeFiles.config(home, "[keys]\nmax-age = \"90d\"\n[providers.work]\nbase-url = \"http://127.0.0.1:9\"\n"
                + "api-key = \"keyring:work\"\n");
        Path file = Files.writeString(home.resolve("credentials.toml"), "[work]\nvalue = \"" + OLD + "\"\nset-at = \""
                + Instant.now().minus(Duration.ofDays(100)) + "\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("keys", "list").out()).contains("set 100 days ago, over age: koine keys rotate work");
        assertThat(run("doctor").out()).contains("work: the key is 100 days old, older than keys.max-age",
                "koine keys rotate work");
        HomeFiles.config(home, HomeFiles.config(home).replace("90d", "101d"));
        assertThat(run("keys", "list").out()).doesNotContain("over age");
    }

    @Test
    void aTokenOfEntraIdTravelsAsBearer() throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path az = Files.writeString(bin.resolve("az"), "#!/bin/sh\n[ \"$1\" = account ] && echo " + OLD + "\n");
        Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwx------"));
        try (var simulator = Simulator.builder().key(OLD).start()) {
            HomeFiles.config(home, "[providers.azure]\nbase-url = \"" + simulator.base(SimulatedDialect.AZURE)
                    + "\"\ndialect = \"azure\"\nauth = \"bearer\"\n"
                    + "api-key = \"command:az account get-access-token --query accessToken -o tsv\"\n"
                    + "[providers.azure.models.echo]\n");
            Ran ran = CliRun.in(home).env("PATH", bin + ":/usr/bin:/bin").run("ask", "-m", "azure/echo", "hello");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(simulator.requests().getLast().headers().toString()).contains("Bearer");
        }
    }
}
