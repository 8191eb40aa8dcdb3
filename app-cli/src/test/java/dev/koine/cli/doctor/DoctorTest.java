package dev.koine.cli.doctor;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private Ran run(String... words) {
        Ran ran = CliRun.in(home).env("WORK_KEY", KEY).run(words);
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
        return ran;
    }

    private void config(Simulator simulator, String... more) {
        HomeFiles.config(home, "[providers.work]\nbase-url = \"" + simulator.base(SimulatedDialect.OPENAI)
                + "\"\ndialect = \"openai\"\n" + String.join("\n", more) + "\n[providers.work.models.echo]\n");
        mode("config.toml", "rw-------");
    }

    private void mode(String file, String permissions) {
        try {
            Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aHealthyInstallationIsOneLineForEachAreaAndAsksNobody() {
        try (var simulator = Simulator.start()) {
            config(simulator, "api-key = \"env:WORK_KEY\"");
            Ran ran = run("doctor");
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.lines()).hasSize(9);
            assertThat(ran.out()).contains("[✓] Koine ", "[✓] Configuration", "1 provider, mode 0600", "[✓] Keys ",
                    "1 of 1 there", "[✓] Providers", "1 with an address; --online tests them", "[✓] Local servers",
                    "none on the usual ports", "[✓] Plugins", "[✓] Terminal",
                    "no problems. Report a bug with: koine doctor --json");
            assertThat(simulator.requests()).isEmpty();
        }
    }

    @Test
    void withNothingConfiguredNothingIsWrong() {
        Ran ran = run("doctor");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("is not there yet, which is fine", "[✓] Keys", "none is configured");
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void aProviderIsAskedWhenItIsNamedOrEverythingIsToBeOnline() {
        try (var simulator = Simulator.builder().key("another-key-entirely").start()) {
            config(simulator, "api-key = \"env:WORK_KEY\"");
            for (String word : List.of("work", "--online")) {
                Ran ran = run("doctor", word);
                assertThat(ran.exit()).isEqualTo(1);
                assertThat(ran.out()).contains("[✗] Providers", "    ✗ work: work refused the key (401",
                        "      fix: koine keys set work", "1 problem, 0 warnings");
            }
            assertThat(simulator.requests()).isNotEmpty();
        }
    }

    @Test
    void warningsAloneEndWell() {
        try (var simulator = Simulator.start()) {
            config(simulator, "api-key = \"env:NOT_SET_ANYWHERE\"");
            Ran ran = run("doctor");
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).contains("[!] Keys", "1 of 1 missing",
                    "    ! work: nothing is in env:NOT_SET_ANYWHERE\n      fix: koine keys set work",
                    "0 problems, 1 warning.");
        }
    }

    @Test
    void aBrokenConfigurationIsAProblemAndTheChecksThatNeedItSayThatTheyFailed() {
        HomeFiles.config(home, "[providers.work]\nbase_url = \"https://api.example.com\"\n");
        mode("config.toml", "rw-------");
        Ran ran = run("doctor");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("[✗] Configuration", "config.toml:2: ",
                "[?] Keys", "the check itself failed: ", "[✓] Terminal");
    }

    @Test
    void aFileThatOthersCanReadIsRepairedWhenToldTo() throws IOException {
        assertThat(CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin").exit()).isZero();
        mode("credentials.toml", "rw-r--r--");
        Ran ran = run("doctor");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("credentials.toml can be read by others (0644)", "fix: chmod 600 ",
                "koine doctor --fix can repair 1");
        Ran fixed = run("doctor", "--fix");
        assertThat(fixed.exit()).as(fixed.out()).isZero();
        assertThat(fixed.err()).contains("repaired: ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("credentials.toml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatWasKeptOfAnswersAndIsDamagedIsTakenAwayWhenToldTo() throws IOException {
        Path lists = Files.createDirectories(home.resolve("cache/models"));
        Path proofs = Files.createDirectories(home.resolve("cache/probes"));
        Files.writeString(lists.resolve("work.json"), "{\"models\": [");
        Files.writeString(lists.resolve("good.json"), "{\"models\": []}");
        Files.writeString(proofs.resolve("work.json"), "{}");
        Files.createDirectories(home.resolve("catalogue.d"));
        Files.writeString(home.resolve("catalogue.d/mine.toml"), "source = 1\n");
        Ran ran = run("doctor");
        assertThat(ran.out()).contains("~/cache/models/work.json is damaged, and counts for nothing",
                "~/cache/probes/work.json is damaged", "mine.toml: it has no 'source'",
                "koine doctor --fix can repair 2")
                .doesNotContain("good.json");
        Ran fixed = run("doctor", "--fix");
        assertThat(fixed.err()).contains("repaired: ~/cache/models/work.json");
        assertThat(lists.resolve("work.json")).doesNotExist();
        assertThat(proofs.resolve("work.json")).doesNotExist();
        assertThat(lists.resolve("good.json")).exists();
        assertThat(home.resolve("catalogue.d/mine.toml")).exists();
    }

    @Test
    void aJarThatWaitsIsAWarning() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/plugins"));
        Files.writeString(folder.resolve("acme.jar"), "no archive");
        Ran ran = run("doctor");
        assertThat(ran.out()).containsPattern("\\[[!✗]] Plugins");
    }

    @Test
    void theAnnouncedEndOfAModelIsAWarning() {
        HomeFiles.config(home, "[providers.groq]\npreset = \"groq\"\ndefault-model = \"llama-3.3-70b-versatile\"\n");
        mode("config.toml", "rw-------");
        assertThat(run("doctor").out()).contains(
                "! groq: its model llama-3.3-70b-versatile was retired on 2026-08-16",
                "fix: koine models default groq/openai/gpt-oss-120b");
    }

    @Test
    void aReportForAProgramIsOneDocument() {
        try (var simulator = Simulator.start()) {
            config(simulator, "api-key = \"env:WORK_KEY\"");
            Json.Obj json = run("doctor", "--json").json();
            assertThat(json.text("schema")).contains("koine/doctor.v1");
            assertThat(json.get("problems")).contains(Json.of(0));
            assertThat(json.list("areas")).hasSize(7).allSatisfy(
                    area -> assertThat(((Json.Obj) area).text("state")).contains("ok"));
        }
    }

    @Test
    void aProviderThatIsNotThereIsNoFinding() {
        assertThat(run("doctor", "nobody").exit()).isEqualTo(78);
    }

    @Test
    void keysInAFileAreMovedIntoTheKeyringWhenToldTo() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        var cli = CliRun.in(home).env("PATH", bin.toString());
        cli.run("providers", "add", "groq", "--no-test");
        cli.stdin("gsk-0123456789abcdef").run("keys", "set", "groq", "--stdin");
        assertThat(cli.run("doctor").out()).contains("[✓] Keys");
        Path tool = Files.writeString(bin.resolve("secret-tool"),
                "#!/bin/sh\nPATH=/usr/bin:/bin\ncase $1 in store) cat > " + bin
                        + "/kept;; lookup) cat " + bin + "/kept;; esac\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));

        var ran = cli.run("doctor");
        assertThat(ran.out()).contains("[!] Keys",
                "! groq: its key lies in a file, and the system keyring would keep it"
                        + " encrypted\n      fix: koine doctor --fix          moves it\n");
        assertThat(ran.exit()).isZero();
        assertThat(cli.run("doctor", "--fix").out()).contains("[✓] Keys");
        assertThat(bin.resolve("kept")).hasContent("gsk-0123456789abcdef");
        assertThat(home.resolve("credentials.toml")).content().doesNotContain("gsk-0123456789abcdef");
    }
}
