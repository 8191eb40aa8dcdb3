package dev.koine.cli.plugins;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.JsonTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dialect that was never part of this build: the sources of {@code examples/ollama-native}, compiled by plain
 * {@code javac} against the shipped {@code api} and {@code spi} jars alone, dropped into the shipped program.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ThirdPartyDialectIT {
    private static final Path DIST = Path.of("target/dist").toAbsolutePath();
    private static final Path SOURCES = Path.of("../examples/ollama-native/src/main");

    @TempDir Path home;
    @TempDir Path room;

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(post("/api/chat").willReturn(aResponse().withHeader("Content-Type", "application/x-ndjson")
                .withBody("""
                        {"model":"m","message":{"role":"assistant","content":"hello "},"done":false}
                        {"model":"m","message":{"role":"assistant","content":"there"},"done":false}
                        {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
                        """)));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void itIsListedThenTrustedThenAskedAndStreamed() throws Exception {
        jar(Files.createDirectories(home.resolve("data/plugins")).resolve("ollama-native.jar"));

        assertThat(plugin().text("state")).contains("found");
        assertThat(ask("text").exit()).isEqualTo(78);
        server.verify(0, anyRequestedFor(
                anyUrl()));

        Ran trusted = koine("plugins", "trust", "ollama-native");
        assertThat(trusted.exit()).as(trusted.err()).isZero();
        assertThat(plugin().get("dialects")).contains(Json.strings(List.of("ollama-native")));

        Ran asked = ask("text");
        assertThat(asked.exit()).as(asked.err()).isZero();
        assertThat(asked.out()).isEqualTo("hello there\n");
        assertThat(ask("jsonl").out().lines().filter(line -> line.contains("\"type\":\"delta\"")))
                .hasSize(2);
    }

    private Ran ask(String format) throws Exception {
        return koine("ask", "--url", server.baseUrl(), "--dialect", "ollama-native", "-m", "m", "-o", format, "hi");
    }

    private Json.Obj plugin() throws Exception {
        var list = (Json.Obj) JsonTree.read(koine("plugins", "list", "-o", "json").out());
        return list.list("plugins").stream().map(Json.Obj.class::cast)
                .filter(entry -> entry.text("id").filter("ollama-native"::equals).isPresent()).findFirst()
                .orElseThrow();
    }

    /** Compile and pack with the JDK's own tools. */
    private void jar(Path target) throws Exception {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path classes = room.resolve("classes");
        var javac = new ArrayList<>(List.of(bin.resolve("javac").toString(), "-Xlint:all", "-Werror", "-d",
                classes.toString(), "--module-path", shipped("koine-api-", "koine-spi-")));
        try (Stream<Path> sources = Files.walk(SOURCES.resolve("java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> javac.add(file.toString()));
        }
        assertRuns(javac);
        assertRuns(List.of(bin.resolve("jar").toString(), "--create", "--file", target.toString(), "-C",
                classes.toString(), ".", "-C", SOURCES.resolve("resources").toString(), "."));
    }

    private static String shipped(String... names) throws IOException {
        try (Stream<Path> jars = Files.list(DIST.resolve("lib"))) {
            List<String> found = jars.map(Path::toString)
                    .filter(jar -> Stream.of(names).anyMatch(name -> jar.contains(File.separator + name))).toList();
            assertThat(found).hasSize(names.length);
            return found.stream().collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void assertRuns(List<String> command) throws Exception {
        Ran ran = run(new ProcessBuilder(command));
        assertThat(ran.exit()).as(command + "\n" + ran.out() + ran.err()).isZero();
    }

    private Ran koine(String... words) throws Exception {
        var line = new ArrayList<>(List.of(DIST.resolve("bin/koine").toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line);
        builder.environment().put("KOINE_HOME", home.toString());
        builder.environment().put("KOINE_AOT", "off");
        return run(builder);
    }

    private Ran run(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(room, "out", "");
        Path err = Files.createTempFile(room, "err", "");
        Process process = builder.redirectInput(new File("/dev/null")).redirectOutput(out.toFile())
                .redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
