package dev.koine.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.cli.CliRun.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Types the commands that a page shows, one after the other, in one home. Commands that only write the configuration run as
 * they stand; for those that send, a server on this machine stands in for every host, by {@code --url} or by the layer of
 * the environment.
 */
final class ShownSession implements AutoCloseable {
    private static final String KEY = "marker-key-0123456789abcdef";
    private static final Pattern PROVIDER = Pattern.compile("(?m)^\\[providers\\.([a-z0-9-]+)\\]");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/]+");

    private final Path home;
    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    ShownSession(Path home) {
        this.home = home;
        server.start();
        server.stubFor(post(anyUrl()).willReturn(okJson("""
                {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant",
                "content":"Hello!"},"finish_reason":"stop"}]}""")));
        server.stubFor(get(anyUrl()).willReturn(okJson("""
                {"object":"list","data":[{"id":"gpt-4","object":"model"}]}""")));
    }

    /** Type a page's commands in its order; each must end well. */
    void types(List<ShownCommand> page) {
        for (ShownCommand shown : page) {
            Ran ran = type(shown);
            assertThat(ran.exit()).as("%s%n%s%s", shown, ran.out(), ran.err()).isZero();
            assertThat(ran.out() + ran.err()).as(shown.toString()).doesNotContain(KEY);
        }
    }

    private Ran type(ShownCommand shown) {
        CliRun run = CliRun.in(home).env("MY_KEY", KEY).env("CORP_LLM_KEY", KEY);
        List<String> words = shown.words();
        String line = String.join(" ", words);
        if (shown.fed()) {
            run.stdin(KEY + "\n");
        } else if (line.startsWith("keys set") && words.size() == 3) {
            run.typing(KEY);
        } else if (line.equals("providers add custom") || line.equals("providers add")) {
            run.typing("Typed " + shown.line(), "https://api.example.com/v1", KEY, "gpt-4, gpt-3.5-turbo", "n");
        } else if (line.equals("init")) {
            run.typing("1", "", "", "n");
        } else if (line.matches("models add [^/ ]+")) {
            run.typing("typed-model", "Typed", "8192", "tools", "main");
        } else if (line.matches("\\w+ remove .*")) {
            run.typing("y");
        } else if (line.startsWith("chat")) {
            run.stdin("hello\n"); // without a terminal: line editing would wait for the one that the tests run in
        }
        if (sends(line)) {
            PROVIDER.matcher(HomeFiles.config(home)).results().map(found -> found.group(1)).forEach(id -> run.env(
                    "KOINE__PROVIDERS__" + id.replace('-', '_').toUpperCase(Locale.ROOT) + "__BASE_URL",
                    server.baseUrl() + (id.equals("azure-openai") ? "/openai/deployments/prod" : "")));
            storedForServer();
            words = words.stream().map(word -> ADDRESS.matcher(word).replaceFirst(server.baseUrl())).toList();
        }
        return run.run(words.toArray(String[]::new));
    }

    /** The server stands for every address, so keys that were stored for one of them belong to it. */
    private void storedForServer() {
        Path file = home.resolve("credentials.toml");
        try {
            if (Files.exists(file)) {
                Files.writeString(file, Files.readString(file).replaceAll("origin = \".*\"",
                        "origin = \"" + server.baseUrl() + "\""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean sends(String line) {
        return List.of("ask", "chat", "embed", "providers test", "providers probe", "models refresh").stream()
                .anyMatch(line::startsWith)
                && !line.contains("--dry-run");
    }

    @Override
    public void close() {
        server.stop();
    }
}
