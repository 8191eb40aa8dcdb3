package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.koine.api.Json;
import dev.koine.cli.CliRun.Ran;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key planted in any place shows up in no output and in no file but its own. */
@Timeout(180)
class PlantedKeyTest {
    /** With characters that are written in other ways in URLs and in JSON. */
    private static final String KEY = "sk-PLANTED+marker/0123456789==abcXYZ";
    /** What a person can type where blanks or encodings would be in the way. */
    private static final String PLAIN = "sk-PLANTEDmarker0123456789abcXYZ";

    @TempDir Path dir;

    private Path home() throws IOException {
        return Files.createDirectories(dir.resolve("home"));
    }

    private static final List<List<String>> COMMANDS = List.of(
            List.of("ask", "-m", "work/echo", "hello"), List.of("ask", "-vv", "-m", "work/echo", "hello"),
            List.of("ask", "--json", "-m", "work/echo", "hello"), List.of("ask", "-m", "work/none", "hello"),
            List.of("ask", "-vv", "-m", "work/fail-401", "hello"),
            List.of("ask", "--dry-run", "-m", "work/echo", "hello"),
            List.of("ask", "--dry-run", "-o", "curl", "-m", "work/echo", "hello"),
            List.of("ask", "--dry-run", "--json", "-m", "work/echo", "hello"), List.of("keys", "list"),
            List.of("keys", "list", "--json"), List.of("keys", "test", "work"), List.of("providers", "test", "work"),
            List.of("providers", "test", "work", "--json"), List.of("providers", "show", "work"),
            List.of("providers", "show", "work", "--json"), List.of("providers", "list"),
            List.of("providers", "probe", "work"), List.of("models", "refresh", "work"), List.of("models", "list"),
            List.of("config", "show"), List.of("config", "show", "--json"), List.of("config", "explain"),
            List.of("config", "explain", "--json"), List.of("config", "validate"),
            List.of("config", "validate", "--json"),
            List.of("config", "get", "providers.work.base-url"), List.of("doctor"), List.of("doctor", "--json"),
            List.of());

    private void searched(Ran ran, String key, List<String> words, Path... own) {
        for (String form : forms(key)) {
            assertThat(ran.out()).as("stdout of %s", words).doesNotContain(form);
            assertThat(ran.err()).as("stderr of %s", words).doesNotContain(form);
        }
        try (Stream<Path> files = Files.walk(home())) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !List.of(own).contains(file)).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String form : forms(key)) {
                    assertThat(text).as("%s after %s", file, words).doesNotContain(form);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> forms(String key) {
        return List.of(key, key.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"), key.replace("/", "\\/"),
                Base64.getEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    private void everyCommand(Map<String, String> env, String key, Path... own) throws IOException {
        for (List<String> words : COMMANDS) {
            var cli = CliRun.in(home());
            env.forEach(cli::env);
            searched(cli.run(words.toArray(String[]::new)), key, words, own);
        }
    }

    private static String provider(Simulator simulator, String... more) {
        return "default-model = \"work/echo\"\n[providers.work]\nbase-url = \""
                + simulator.base(SimulatedDialect.OPENAI)
                + "\"\ndialect = \"openai\"\n" + String.join("\n", more) + "\n[providers.work.models.echo]\n";
    }

    private Path program(String name, String script) throws IOException {
        Path bin = Files.createDirectories(dir.resolve("bin"));
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    /** The endpoint takes the key, or refuses it; either way it may repeat it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyInAVariableAFileOrACommand(boolean accepted) throws IOException {
        Path file = Files.writeString(dir.resolve("key.txt"), KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path bin = program("vault", "echo '" + KEY + "'\n");
        try (var simulator = Simulator.builder().key(accepted ? KEY : "another-key").start()) {
            for (String reference : List.of("env:WORK_KEY", "file:" + file, "command:vault read llm")) {
                HomeFiles.config(home(), provider(simulator, "api-key = \"" + reference + "\""));
                everyCommand(Map.of("WORK_KEY", KEY, "PATH", bin + ":/usr/bin:/bin"), KEY);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth = \"header:X-Own\"", "auth = \"query:key\"", "auth = \"bearer\""})
    void aKeyThatTravelsInAHeaderOrTheQuery(String auth) throws IOException {
        try (var simulator = Simulator.start()) {
            HomeFiles.config(home(), provider(simulator, "api-key = \"env:WORK_KEY\"", auth));
            everyCommand(Map.of("WORK_KEY", KEY), KEY);
        }
    }

    @Test
    void aStoredKey() throws IOException {
        try (var simulator = Simulator.builder().key(KEY).start()) {
            HomeFiles.config(home(), provider(simulator));
            var set = List.of("keys", "set", "work", "--stdin");
            Path own = home().resolve("credentials.toml");
            searched(CliRun.in(home()).stdin(KEY).run(set.toArray(String[]::new)), KEY, set, own);
            assertThat(own).content().contains(KEY);
            everyCommand(Map.of(), KEY, own);
        }
    }

    @Test
    void aKeyInTheSystemsKeyring() throws IOException {
        Path kept = dir.resolve("kept");
        Path bin = program("secret-tool", "case $1 in store) cat > " + kept + ";; lookup) cat " + kept + ";; esac\n");
        var env = Map.of("PATH", bin + ":/usr/bin:/bin");
        try (var simulator = Simulator.builder().key(KEY).start()) {
            HomeFiles.config(home(), provider(simulator));
            var set = List.of("keys", "set", "work", "--stdin");
            searched(CliRun.in(home()).env("PATH", env.get("PATH")).stdin(KEY).run(set.toArray(String[]::new)), KEY,
                    set);
            assertThat(kept).hasContent(KEY);
            everyCommand(env, KEY);
        }
    }

    /** Where a key does not belong it is refused, and cut wherever the place is shown. */
    @ParameterizedTest
    @ValueSource(strings = {"api-key = \"" + PLAIN + "\"", "headers = { Authorization = \"Bearer " + PLAIN + "\" }",
        "headers = { X-Api-Key = \"" + PLAIN + "\" }", "query = { api_key = \"" + PLAIN + "\" }",
        "proxy = \"http://user:" + PLAIN + "@127.0.0.1:1\"", "tls = { client-password = \"" + PLAIN + "\" }"})
    void aLiteralKeyInTheConfiguration(String line) throws IOException {
        try (var simulator = Simulator.start()) {
            HomeFiles.config(home(), provider(simulator, line));
            everyCommand(Map.of(), PLAIN, home().resolve("config.toml"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:" + PLAIN + "@host.invalid/v1", "https://host.invalid/v1?key=" + PLAIN})
    void aKeyInABaseUrl(String url) throws IOException {
        HomeFiles.config(home(), "default-model = \"work/echo\"\n[providers.work]\nbase-url = \"" + url + "\"\n");
        everyCommand(Map.of(), PLAIN, home().resolve("config.toml"));
    }

    /** What is typed in a wrong place is repeated nowhere. */
    @Test
    void aKeyOnTheCommandLine() throws IOException {
        for (var words : List.of(List.of("keys", "set", "groq", PLAIN), List.of("keys", "set", PLAIN),
                List.of("keys", "rotate", "groq", PLAIN), List.of("keys", "test", PLAIN),
                List.of("keys", "set", "groq", "--env", PLAIN),
                List.of("providers", "add", "https://user:" + PLAIN + "@127.0.0.1:9/v1", "--no-test", "--no-input"),
                List.of("providers", "add", "http://127.0.0.1:9/v1?api_key=" + PLAIN, "--no-test", "--no-input"),
                List.of("providers", "add", "http://127.0.0.1:9/v1", "--key-ref", PLAIN, "--no-test"),
                List.of("keys", "set", "groq", "--command", "echo " + PLAIN),
                List.of("keys", "set", "groq", "--file", PLAIN),
                List.of("ask", "--url", "http://127.0.0.1:9/v1?key=" + PLAIN, "-m", "x", "hello"),
                List.of("ask", "--url", "http://127.0.0.1:9/" + PLAIN + "/v1", "-m", "x", "hello"),
                List.of("providers", "probe", "http://127.0.0.1:9/v1?key=" + PLAIN),
                List.of("providers", "add", PLAIN), List.of("providers", "add", "Bearer " + PLAIN),
                List.of("providers", "add", "GROQ_API_KEY=" + PLAIN),
                List.of("providers", "add", "http://127.0.0.1:9/" + PLAIN + "/v1", "--no-test"),
                List.of("providers", "test", PLAIN), List.of("providers", "show", PLAIN),
                List.of("providers", "set", "groq", "headers", "{ Authorization = \"Bearer " + PLAIN + "\" }"),
                List.of("models", "add", PLAIN), List.of("models", "show", PLAIN), List.of("models", "list", PLAIN),
                List.of("models", "alias", "fast", PLAIN), List.of("ask", "-m", PLAIN, "hello"),
                List.of("ask", "-m", "work/echo", "--api-key", PLAIN, "hello"), List.of("ask", "--key=" + PLAIN),
                List.of(PLAIN), List.of("keys", PLAIN), List.of("help", PLAIN), List.of("doctor", PLAIN),
                List.of("plugins", "add", PLAIN), List.of("config", "get", PLAIN),
                List.of("ask", "-H", "Authorization: Bearer " + PLAIN, "-m", "work/echo", "hello"),
                List.of("config", "set", "providers.groq.api-key", PLAIN),
                List.of("providers", "set", "groq", "api-key", PLAIN),
                List.of("ask", "--url", "http://127.0.0.1:9/v1", "--key-ref", PLAIN, "-m", "x", "hello"),
                List.of("ask", "--url", "http://user:" + PLAIN + "@127.0.0.1:9/v1", "-m", "x", "hello"))) {
            var ran = CliRun.in(home()).run(words.toArray(String[]::new));
            assertThat(ran.exit()).as("%s", words).isNotZero();
            searched(ran, PLAIN, words);
        }
    }

    /** A model may repeat what stands in the request, in pieces that are no key by themselves. */
    @Test
    void aKeyThatComesBackInPieces() throws IOException {
        var server = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        try {
            HomeFiles.config(home(), """
                    default-model = "work/echo"
                    [providers.work]
                    base-url = "%s"
                    dialect = "openai"
                    api-key = "env:WORK_KEY"
                    """.formatted(server.baseUrl()));
            for (String field : List.of("content", "reasoning_content", "refusal", "arguments")) {
                for (int at = 4; at < KEY.length(); at += 7) {
                    server.stubFor(WireMock.post(WireMock.anyUrl()).willReturn(WireMock.aResponse()
                            .withHeader("content-type", "text/event-stream").withBody(delta(field, "It is ")
                                    + delta(field, KEY.substring(0, at)) + delta(field, KEY.substring(at))
                                    + delta(field, ".")
                                    + "data: [DONE]\n\n")));
                    for (var words : List.of(List.of("ask", "hello"), List.of("ask", "-o", "jsonl", "hello"),
                            List.of("ask", "--json", "hello"), List.of("chat"))) {
                        var ran = CliRun.in(home()).env("WORK_KEY", KEY).stdin(words.contains("chat") ? "hello\n" : "")
                                .run(words.toArray(String[]::new));
                        searched(ran, KEY, words);
                        assertThat(ran.out()).as("%s, %s at %s", words, field, at).doesNotContain(KEY.substring(at));
                    }
                }
            }
        } finally {
            server.stop();
        }
    }

    private static String delta(String field, String text) {
        var value = Json.of(text);
        String delta = field.equals("arguments")
                ? "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + value + "}}]}"
                : "{\"" + field + "\":" + value + "}";
        return "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n";
    }

    @Test
    void aKeyInAPastedCommand() throws IOException {
        String curl = "curl http://127.0.0.1:9/v1/chat/completions -H 'Authorization: Bearer " + PLAIN
                + "' -d '{\"model\":\"m\"}'";
        var words = List.of("providers", "add", curl, "--id", "pasted", "--no-test", "--no-input");
        searched(CliRun.in(home()).run(words.toArray(String[]::new)), PLAIN, words, home().resolve("credentials.toml"));
    }

    /** The login of a proxy is a secret as well. */
    @Test
    void aPasswordOfAProxyInTheEnvironment() throws IOException {
        HomeFiles.config(home(),
                "default-model = \"work/echo\"\n[providers.work]\nbase-url = \"http://host.invalid/v1\"\n");
        everyCommand(Map.of("HTTP_PROXY", "http://user:" + PLAIN + "@127.0.0.1:9"), PLAIN);
    }
}
