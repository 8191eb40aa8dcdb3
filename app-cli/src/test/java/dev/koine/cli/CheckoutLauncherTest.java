package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The checkout's launcher, with a {@code mvn} that only records that it was called. */
@DisabledOnOs(OS.WINDOWS)
class CheckoutLauncherTest {
    @TempDir Path folder;
    FakeMachine machine;
    Path checkout;
    Path koine;
    Path source;

    @BeforeEach
    void checkOut() throws IOException {
        machine = new FakeMachine(folder);
        machine.java("usr/lib/jvm/good", "25");
        checkout = machine.root.resolve("my checkout");
        koine = machine.script(checkout.resolve("koine"), Files.readString(Path.of("../koine")));
        machine.script(checkout.resolve("app-cli/src/dist/bin/koine-jdk"), machine.finder());
        Files.writeString(checkout.resolve("pom.xml"), """
                <project>
                  <version>9.8.7</version>
                  <properties><version>1</version></properties>
                </project>
                """);
        source = checkout.resolve("api/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        old(checkout);
        machine.install("assembled");
        maven("");
    }

    @Test
    void theVersionIsToldWithoutBuildingAndWithoutJava() throws Exception {
        assertThat(machine.run(koine, "--version")).isEqualTo(new FakeMachine.Outcome(0, "koine 9.8.7\n", ""));
        assertThat(machine.calls()).isEmpty();
    }

    @Test
    void theFirstRunBuildsWithTheJdkThatWasFound() throws Exception {
        var outcome = machine.run(koine, "list", "a b");

        assertThat(outcome).isEqualTo(
                new FakeMachine.Outcome(0, "", "koine: building (first run, or sources changed)…\n"));
        assertThat(machine.calls()).containsSubsequence("mvn " + machine.root.resolve("usr/lib/jvm/good"), "  package",
                "java usr/lib/jvm/good", "  list", "  a b");
    }

    @Test
    void nothingIsBuiltAgainUntilASourceChanges() throws Exception {
        machine.run(koine, "list");
        assertThat(machine.run(koine, "list").err()).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(machine.run(koine, "list").err()).startsWith("koine: building");
        assertThat(machine.calls("mvn")).hasSize(2);
    }

    @Test
    void aDeletedSourceIsAChange() throws Exception {
        machine.run(koine, "list");

        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(machine.run(koine, "list").err()).startsWith("koine: building");
    }

    @Test
    void aChangedTestIsNone() throws Exception {
        machine.run(koine, "list");

        Files.createDirectories(checkout.resolve("api/src/test/java"));
        var test = Files.writeString(checkout.resolve("api/src/test/java/ATest.java"), "");
        Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(60)));
        old(checkout.resolve("api/src"));

        assertThat(machine.run(koine, "list").err()).isEmpty();
    }

    @Test
    void aFailedBuildShowsItsErrorsAndEndsWith70() throws Exception {
        maven("echo '[INFO] fine'; echo '[ERROR] /a/A.java:[1,2] no such thing'; echo '[ERROR] -> [Help 1]'; exit 1");

        var outcome = machine.run(koine, "list");

        assertThat(outcome.exit()).isEqualTo(70);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("""
                koine: building (first run, or sources changed)…
                [ERROR] /a/A.java:[1,2] no such thing
                error: the build failed
                  why:  see the lines above; all of it is in %s/target/koine-build.log
                  fix:  mend the source, or run: mvn -DskipTests package
                """.formatted(checkout));
        assertThat(machine.calls("java")).isEmpty();
        assertThat(lock()).doesNotExist();
    }

    @Test
    void withoutMavenThreeLinesSayWhatToDo() throws Exception {
        Files.delete(machine.root.resolve("path/mvn"));

        var outcome = machine.run(koine, "list");

        assertThat(outcome.exit()).isEqualTo(78);
        assertThat(outcome.err()).startsWith("error: no Maven was found\n  why:  ")
                .contains("\n  fix:  install Maven 3.8.6");
    }

    @Test
    void withoutAJdkNothingIsBuilt() throws Exception {
        Files.delete(machine.root.resolve("usr/lib/jvm/good/release"));

        var outcome = machine.run(koine, "list");

        assertThat(outcome.exit()).isEqualTo(78);
        assertThat(outcome.err()).startsWith("error: no JDK 25 or newer was found\n");
        assertThat(machine.calls()).isEmpty();
    }

    @Test
    void ofTwoAtOnceOneBuildsAndTheOtherWaits() throws Exception {
        var gate = machine.root.resolve("gate");
        new ProcessBuilder("mkfifo", gate.toString()).start().waitFor();
        maven("read -r line <'%s'".formatted(gate));

        var first = machine.start(koine, "list");
        try (var opened = Files.newOutputStream(gate)) { // returns when the first one's build reads
            var second = machine.start(koine, "list");
            assertThat(firstLine(second)).isEqualTo("koine: another koine is building; waiting for it…");
            opened.write("go\n".getBytes(StandardCharsets.UTF_8));
            opened.flush();
            assertThat(first.waitFor()).isZero();
            assertThat(second.waitFor()).isZero();
        }

        assertThat(machine.calls("mvn")).hasSize(1);
        assertThat(machine.calls("java")).hasSize(2);
        assertThat(lock()).doesNotExist();
    }

    @Test
    void theLockOfADeadProcessIsTakenOver() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(lock().getParent());
        Files.createSymbolicLink(lock(), Path.of(Long.toString(dead.pid())));

        assertThat(machine.run(koine, "list").exit()).isZero();

        assertThat(machine.calls("mvn")).hasSize(1);
        try (var left = Files.list(lock().getParent())) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("koine-build.log");
        }
    }

    private Path lock() {
        return checkout.resolve("target/koine-build.lock");
    }

    /** A build as far as the launcher sees it: an assembled distribution, and the time at which the build began. */
    private void maven(String before) throws IOException {
        machine.script(machine.root.resolve("path/mvn"), """
                #!/bin/sh
                { echo "mvn $JAVA_HOME"; for a do echo "  $a"; done; } >>'%s'
                %s
                mkdir -p app-cli/target/dist
                for part in bin lib; do ln -s '%s'/$part app-cli/target/dist/$part 2>/dev/null; done
                : >app-cli/target/dist/.built
                """.formatted(machine.callsFile(), before, machine.root.resolve("assembled")));
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(process.errorReader(StandardCharsets.UTF_8)).readLine();
    }

    private static void old(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        }
    }
}
