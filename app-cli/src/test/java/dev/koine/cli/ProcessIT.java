package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: signals, closed streams, locales, and what a start loads. */
@DisabledOnOs(OS.WINDOWS)
class ProcessIT {
    private static final Path DIST = Path.of("target/dist").toAbsolutePath();

    @TempDir Path home;

    private ProcessBuilder koine(String... words) {
        var line = new ArrayList<String>();
        line.add(DIST.resolve("bin/koine").toString());
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("KOINE_HOME", home.toString());
        builder.environment().put("KOINE_AOT", "off");
        return builder;
    }

    private static String err(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), UTF_8);
    }

    @Test
    void aReaderThatGoesAwayEndsItSilentlyWith141() throws Exception {
        Process process = koine("ask", "-m", "sim/slow", "hi").start();
        assertThat(process.getInputStream().read()).isPositive();
        process.getInputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(err(process)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(141);
    }

    @Test
    void eventsComeAsTheyHappenAndAnInterruptTellsWhatCame() throws Exception {
        Process process = koine("ask", "-m", "sim/slow", "-o", "jsonl", "hi").start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(lines.readLine()).contains("\"type\":\"start\"");
            assertThat(lines.readLine()).contains("\"type\":\"delta\"");
            assertThat(process.isAlive()).isTrue();
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            String last = lines.lines().reduce((first, second) -> second).orElseThrow();
            var done = (Json.Obj) JsonTree.read(last);
            assertThat(done.text("type")).contains("done");
            assertThat(done.text("outcome")).contains("cancelled");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void wordsBeyondAsciiSurviveTheCLocale() throws Exception {
        var builder = koine("ask", "-m", "sim/echo", "grüße");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("grüße\n");
        assertThat(err(process)).isEmpty();
    }

    @Test
    void helpVersionAndMistakesLoadNeitherWiringNorParserNorClient() throws Exception {
        for (String line : List.of("--help", "version --json", "ask --help", "ask --bogus", "nonsense",
                "help custom")) {
            var builder = koine(line.split(" ")).redirectErrorStream(true);
            builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load:stderr");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(output).as(line).doesNotContain("com.google.inject", "tools.jackson", "org.apache.hc",
                    "org.jline",
                    "org.tomlj", "dev.koine.simulator.");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void theTrainingRunSaysNothingAndLeavesTheHomeAlone(@TempDir Path work) throws Exception {
        var builder = koine().directory(work.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Dkoine.train=true");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines()
                .filter(line -> !line.startsWith("NOTE: Picked up"))).isEmpty();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(home).isEmptyDirectory();
    }
}
