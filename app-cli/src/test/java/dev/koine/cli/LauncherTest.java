package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution's launcher, with Java homes that only say which version they are. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String TRAINING = """
            for a do
                case $a in -XX:AOTCacheOutput=*) env >'%1$s/training-environment'; echo cache >"${a#*=}"; exit %2$d ;; esac
            done
            """;

    @TempDir Path folder;
    FakeMachine machine;
    Path koine;

    @BeforeEach
    void installInAFolderWithASpace() throws IOException {
        machine = new FakeMachine(folder);
        koine = machine.install("my koine");
    }

    @ParameterizedTest
    @CsvSource({"25, true", "25.0.3, true", "26, true", "25-ea, true", "100, true", "24.0.2, false", "21, false",
        "17.0.15, false",
        "1.8.0_412, false", "'', false", "abc, false", "99999999999999999999999, false"})
    void aJavaIsTakenFromVersion25On(String version, boolean taken) throws Exception {
        machine.java("usr/lib/jvm/some", version);

        assertThat(machine.run(koine).exit()).isEqualTo(taken ? 0 : 78);
        assertThat(machine.calls("java")).hasSize(taken ? 1 : 0);
    }

    @Test
    void withoutAJdkThreeLinesSayWhatToDo() throws Exception {
        machine.java("usr/lib/jvm/old", "21.0.1");

        var outcome = machine.run(koine, "ask", "hello");

        assertThat(outcome.exit()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines().map(line -> line.substring(0, 8))).containsExactly("error: n", "  why:  ",
                "  fix:  ");
        assertThat(outcome.err()).startsWith("error: no JDK 25 or newer was found\n")
                .contains("https://adoptium.net/temurin/releases/?version=25", "KOINE_JAVA_HOME=/path/to/jdk-25");
    }

    @Test
    void whatIsSetOnPurposeWins() throws Exception {
        machine.environment.put("KOINE_JAVA_HOME", machine.java("a", "26").toString());
        machine.environment.put("JAVA_HOME", machine.java("b", "27").toString());
        machine.java("usr/lib/jvm/c", "28");
        assertThat(chosen()).isEqualTo("java a");

        machine.environment.remove("KOINE_JAVA_HOME");
        assertThat(chosen()).isEqualTo("java b");

        machine.environment.remove("JAVA_HOME");
        assertThat(chosen()).isEqualTo("java usr/lib/jvm/c");
    }

    @Test
    void anOlderDefaultJavaIsPassedOver() throws Exception {
        var old = machine.java("old", "17.0.15");
        machine.environment.put("JAVA_HOME", old.toString());
        Files.createSymbolicLink(machine.root.resolve("path/java"), old.resolve("bin/java"));
        machine.java("usr/lib/jvm/java-17", "17");
        machine.java("usr/lib/jvm/temurin-25", "25.0.1");

        assertThat(chosen()).isEqualTo("java usr/lib/jvm/temurin-25");
    }

    @Test
    void theJavaOnThePathIsFollowedToItsHome() throws Exception {
        var home = machine.java("opt/somewhere/else", "25");
        Files.createSymbolicLink(machine.root.resolve("path/java"), home.resolve("bin/java"));

        assertThat(chosen()).isEqualTo("java opt/somewhere/else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_HOME_25_X64", "JAVA25_HOME", "JAVA_25_HOME", "JDK25_HOME"})
    void variablesThatNameAVersionAreLookedAt(String name) throws Exception {
        machine.environment.put(name, machine.java("a jdk", "25").toString());

        assertThat(chosen()).isEqualTo("java a jdk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home/.sdkman/candidates/java/25-tem", "home/.jdks/temurin-25",
        "home/.local/share/mise/installs/java/25",
        "home/.asdf/installs/java/x", "opt/jdk-25", "Library/Java/JavaVirtualMachines/t.jdk/Contents/Home"})
    void theUsualFoldersAreSearched(String place) throws Exception {
        machine.java(place, "25");

        assertThat(chosen()).isEqualTo("java " + place);
    }

    @Test
    void brokenHomesAreSkipped() throws Exception {
        var jvm = machine.root.resolve("usr/lib/jvm");
        Files.delete(machine.java("usr/lib/jvm/a-without-release", "25").resolve("release"));
        Files.delete(machine.java("usr/lib/jvm/b-without-java", "25").resolve("bin/java"));
        Files.writeString(machine.java("usr/lib/jvm/c-empty-release", "25").resolve("release"), "");
        Files.delete(machine.java("usr/lib/jvm/d-release-is-a-folder", "25").resolve("release"));
        Files.createDirectory(jvm.resolve("d-release-is-a-folder/release"));
        Files.writeString(jvm.resolve("e-a-file"), "JAVA_VERSION=\"25\"");
        Files.createSymbolicLink(jvm.resolve("f-dangling"), jvm.resolve("nowhere"));
        Files.write(machine.java("usr/lib/jvm/g-garbage", "25").resolve("release"),
                new byte[]{0, 1, (byte) 0xff, '=', '\n', 0});
        machine.java("usr/lib/jvm/h good", "25");

        var outcome = machine.run(koine);

        assertThat(outcome).isEqualTo(new FakeMachine.Outcome(0, "", ""));
        assertThat(machine.calls("java")).containsExactly("java usr/lib/jvm/h good");
    }

    @Test
    void anUnusableKoineJavaHomeIsMentioned() throws Exception {
        machine.environment.put("KOINE_JAVA_HOME", machine.java("old", "17").toString());
        machine.java("usr/lib/jvm/new", "25");

        var outcome = machine.run(koine);

        assertThat(outcome).isEqualTo(
                new FakeMachine.Outcome(0, "", "koine: KOINE_JAVA_HOME is no JDK 25 or newer; looking elsewhere\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void theVersionIsToldWithoutJava(String option) throws Exception {
        machine.java("usr/lib/jvm/good", "25");

        assertThat(machine.run(koine, option)).isEqualTo(new FakeMachine.Outcome(0, "koine 9.8.7\n", ""));
        assertThat(machine.calls()).isEmpty();
    }

    @Test
    void argumentsArriveAsTheyWereTyped() throws Exception {
        machine.java("usr/lib/jvm/good", "25");

        machine.run(koine, "ask", "two words", "", "*", "$HOME", "--version");

        assertThat(machine.calls()).endsWith("  dev.koine.cli/dev.koine.cli.Main", "  ask", "  two words", "  ", "  *",
                "  $HOME",
                "  --version");
    }

    @Test
    void nothingOfTheJvmReachesStdout() throws Exception {
        machine.java("usr/lib/jvm/good", "25");

        machine.run(koine, "list");

        assertThat(machine.calls()).contains("  -Xlog:disable", "  -XX:+DisplayVMOutputToStderr");
    }

    @Test
    void javaIsToldWhereTheDistributionLies() throws Exception {
        machine.java("usr/lib/jvm/good", "25");

        machine.run(koine, "list");

        assertThat(machine.calls()).contains("  -Dkoine.dist=" + machine.root.resolve("my koine"),
                "  " + machine.root.resolve("my koine/lib"));
    }

    @Test
    void theCodecIsResolvedForPluginsUnlessItWasTakenOut() throws Exception {
        machine.java("usr/lib/jvm/good", "25");
        machine.run(koine, "list");
        assertThat(machine.calls()).contains("  java.se,dev.koine.openai.wire");

        Files.delete(machine.root.resolve("my koine/lib/koine-openai-wire-9.8.7.jar"));
        Files.delete(machine.callsFile());
        assertThat(machine.run(koine, "list").exit()).isZero();
        assertThat(machine.calls()).contains("  java.se").doesNotContain("  java.se,dev.koine.openai.wire");
    }

    @Test
    void aSymbolicLinkToTheLauncherWorks() throws Exception {
        machine.java("usr/lib/jvm/good", "25");
        var links = Files.createDirectories(machine.root.resolve("home/bin"));
        Files.createSymbolicLink(links.resolve("k"), koine);
        Files.createSymbolicLink(links.resolve("koine"), Path.of("k"));

        assertThat(machine.run(links.resolve("koine"), "--version").out()).isEqualTo("koine 9.8.7\n");
        assertThat(machine.run("sh", "-c", "cd home/bin && ./koine list").exit()).isZero();
        assertThat(machine.calls()).contains("  " + machine.root.resolve("my koine/lib"));
    }

    @Test
    void streamsThatAreNoTerminalsAreNotNamed() throws Exception {
        machine.java("usr/lib/jvm/good", "25");

        machine.run(koine, "list");

        assertThat(machine.calls()).contains("  -Dkoine.tty=");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void streamsThatAreTerminalsAreNamed() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        machine.java("usr/lib/jvm/good", "25");

        machine.run("/usr/bin/script", "-qec",
                "'" + koine + "' list; '" + koine + "' list </dev/null; '" + koine + "' list 2>err",
                "/dev/null");

        assertThat(machine.calls("  -Dkoine.tty")).containsExactly("  -Dkoine.tty=in,out,err", "  -Dkoine.tty=out,err",
                "  -Dkoine.tty=in,out");
    }

    @Test
    void theStartUpCacheIsTrainedOnceThenUsed() throws Exception {
        machine.java("usr/lib/jvm/good", "25", TRAINING.formatted(machine.root, 0));
        machine.environment.put("KOINE_AOT", "now");

        assertThat(machine.run(koine, "list")).isEqualTo(new FakeMachine.Outcome(0, "", ""));
        machine.run(koine, "list");

        assertThat(machine.calls("  -Dkoine.train=true")).hasSize(1);
        assertThat(machine.calls("  -XX:AOTCache=")).hasSize(2)
                .containsOnly("  -XX:AOTCache=" + machine.root.resolve("my koine/koine.aot"));
    }

    @Test
    void trainingSeesNeitherTheCallersHomeNorItsEnvironment() throws Exception {
        machine.java("usr/lib/jvm/good", "25", TRAINING.formatted(machine.root, 0));
        machine.environment.put("KOINE_AOT", "now");
        machine.environment.put("GROQ_API_KEY", "marker");
        machine.environment.put("KOINE_HOME", machine.root.resolve("mine").toString());

        machine.run(koine, "list");

        assertThat(Files.readString(machine.root.resolve("training-environment")))
                .contains("KOINE_HOME=" + machine.root.resolve("my koine/koine.aot.making"))
                .doesNotContain("marker", "=" + machine.root.resolve("mine"), "=" + machine.root.resolve("home"));
        assertThat(machine.root.resolve("my koine/koine.aot.making")).doesNotExist();
    }

    @Test
    void aFailedTrainingIsNotRepeatedAndHurtsNobody() throws Exception {
        machine.java("usr/lib/jvm/good", "25", TRAINING.formatted(machine.root, 1));
        machine.environment.put("KOINE_AOT", "now");

        assertThat(machine.run(koine, "list")).isEqualTo(new FakeMachine.Outcome(0, "", ""));
        assertThat(machine.run(koine, "list")).isEqualTo(new FakeMachine.Outcome(0, "", ""));

        assertThat(machine.calls("  -Dkoine.train=true")).hasSize(1);
        assertThat(machine.calls("  -XX:AOTCache=")).isEmpty();
    }

    @Test
    void aChangedJarOrAnotherJdkTrainsAgain() throws Exception {
        machine.java("usr/lib/jvm/good", "25", TRAINING.formatted(machine.root, 0));
        machine.environment.put("KOINE_AOT", "now");
        machine.run(koine, "list");

        Files.setLastModifiedTime(machine.root.resolve("my koine/lib/koine-cli-9.8.7.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        machine.run(koine, "list");
        assertThat(machine.calls("  -Dkoine.train=true")).hasSize(2);

        Files.setLastModifiedTime(machine.root.resolve("my koine/lib/koine-cli-9.8.7.jar"),
                FileTime.from(Instant.EPOCH));
        machine.java("usr/lib/jvm/good", "25.0.1", TRAINING.formatted(machine.root, 0));
        machine.run(koine, "list");
        assertThat(machine.calls("  -Dkoine.train=true")).hasSize(3);
    }

    private String chosen() throws IOException, InterruptedException {
        Files.deleteIfExists(machine.callsFile());
        assertThat(machine.run(koine, "list")).isEqualTo(new FakeMachine.Outcome(0, "", ""));
        return machine.calls("java").getFirst();
    }
}
