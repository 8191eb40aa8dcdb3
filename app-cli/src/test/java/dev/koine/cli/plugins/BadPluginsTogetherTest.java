package dev.koine.cli.plugins;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.cli.JsonTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Bad plugins of all kinds beside a good one: none of them takes the host down, and each is told apart. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class BadPluginsTogetherTest {
    @TempDir Path home;

    private final WireMockServer server = new WireMockServer(options().dynamicPort());
    private DroppedJars jars;

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(
                ok("data: one\n\ndata: two\n\n").withHeader("Content-Type", "text/event-stream")));
        jars = new DroppedJars(home);
        jars.drop("good", DroppedJars.CREATE, "return new Answer();");
        assertThat(run("plugins", "trust", "good").exit()).isZero();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    /** Configure a provider for each dialect, called like it. */
    private void configure(Iterable<String> dialects) {
        var config = new StringBuilder("schema-version = 1\n");
        dialects.forEach(id -> config.append("[providers.").append(id).append("]\ndialect = \"").append(id)
                .append("\"\nbase-url = \"http://localhost:").append(server.port()).append("\"\n"));
        HomeFiles.config(home, config.toString());
    }

    private void theGoodOneStillAnswers() {
        Ran ran = run("ask", "-m", "good/m", "--json", "hi");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.json().text("content")).contains("well done");
    }

    /** Return the first problem of each plugin by its name, of those that have one. */
    private Map<String, String> problems() {
        var problems = new LinkedHashMap<String, String>();
        for (Json plugin : run("plugins", "list", "-o", "json").json().list("plugins")) {
            var object = (Json.Obj) plugin;
            object.list("problems").stream().findFirst()
                    .ifPresent(problem -> problems.put(object.text("id").orElseThrow(), problem.toString()));
        }
        return problems;
    }

    @Test
    void jarsThatCannotBeUsedAreNamedAndTheGoodOneAnswers() throws IOException {
        var faults = new LinkedHashMap<String, String>();
        Path folder = jars.folder();
        Files.writeString(folder.resolve("no-zip.jar"), "hello");
        faults.put("no-zip", "zip END header not found");
        Files.createFile(folder.resolve("empty.jar"));
        faults.put("empty", "it is empty");
        Path cut = jars.drop("cut", "", "");
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        faults.put("cut", "zip END header not found");
        jars.drop("twice", folder.resolve("twice/one.jar"), "", "");
        jars.drop("twice", folder.resolve("twice/two.jar"), "", "");
        faults.put("twice", "it holds the module acme.p_twice twice");
        Files.createSymbolicLink(folder.resolve("link.jar"), jars.drop("link", home.resolve("else.jar"), "", ""));
        faults.put("link", "leads out of the plugins folder");
        Path open = jars.drop("open", "", "");
        Files.setPosixFilePermissions(open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
        faults.put("open", "others may write to ");
        Path changed = jars.drop("changed", "", "");
        assertThat(run("plugins", "trust", "changed").exit()).isZero();
        jars.drop("changed", DroppedJars.FIELDS, "int more;");
        faults.put("changed", "it is not the file that was trusted");
        assertThat(changed).exists();

        var bad = new LinkedHashMap<String, String[]>();
        bad.put("throws",
                new String[]{DroppedJars.FIELDS, "public Plugin() { throw new IllegalStateException(\"no luck\"); }",
                    "its constructor threw java.lang.IllegalStateException: no luck"});
        bad.put("exits", new String[]{DroppedJars.FIELDS, "static { System.exit(0); }",
            "it ended the Java process that tried it, with exit code 0"});
        bad.put("halts", new String[]{DroppedJars.FIELDS, "static { Runtime.getRuntime().halt(3); }",
            "it ended the Java process that tried it, with exit code 3"});
        bad.put("hangs", new String[]{DroppedJars.FIELDS,
            "public Plugin() { while (true) { Thread.onSpinWait(); } }", "within 10 s and was stopped"});
        bad.put("nothing", new String[]{DroppedJars.DESCRIPTOR, "null", "gave nothing when asked to describe itself"});
        bad.put("illegal", new String[]{DroppedJars.DESCRIPTOR, "DialectDescriptor.of(\"Not An Id\", \"\")",
            "'Not An Id' is no dialect id"});
        bad.put("reserved", new String[]{DroppedJars.DESCRIPTOR, "DialectDescriptor.of(\"koine-x\", \"\")",
            "a name that Koine keeps for itself"});
        bad.put("builtin", new String[]{DroppedJars.DESCRIPTOR, "DialectDescriptor.of(\"azure\", \"\")",
            "the dialect 'azure' is built in"});
        bad.put("copied", new String[]{DroppedJars.DESCRIPTOR, "DialectDescriptor.of(\"good\", \"\")",
            "the dialect 'good' is that of plugin good"});
        for (var entry : bad.entrySet()) {
            jars.drop(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
            Ran ran = run("plugins", "trust", entry.getKey());
            assertThat(ran.exit()).as(entry.getKey()).isEqualTo(78);
            assertThat(ran.err()).as(entry.getKey()).contains(entry.getValue()[2]);
            faults.put(entry.getKey(), entry.getValue()[2]);
        }
        configure(List.of("good"));

        theGoodOneStillAnswers();

        var problems = problems();
        assertThat(problems.keySet()).containsExactlyInAnyOrderElementsOf(faults.keySet());
        faults.forEach((name, words) -> assertThat(problems.get(name)).as(name).contains(words));
    }

    @Test
    void pluginsThatFailWhenTheyAreAskedEndThatRequestAndNoOther() throws IOException {
        var bad = new LinkedHashMap<String, String[]>();
        bad.put("no-provider", new String[]{DroppedJars.CREATE, "throw new AssertionError(\"no\");",
            "failed to create a provider: java.lang.AssertionError: no"});
        bad.put("null-provider", new String[]{DroppedJars.CREATE, "return null;",
            "gave nothing when asked to create a provider"});
        bad.put("overflow", new String[]{DroppedJars.CALL, "return chat(model, request);",
            "failed to encode a request: it called itself without end"});
        bad.put("relative", new String[]{"URI.create(config.requireBaseUrl() + \"/chat\")", "URI.create(\"/chat\")",
            "its address is no http or https URL: /chat"});
        bad.put("foreign", new String[]{"URI.create(config.requireBaseUrl() + \"/chat\")",
            "URI.create(\"http://localhost:1/\")", "for http://localhost:1, and a dialect must keep the origin"});
        bad.put("headers", new String[]{DroppedJars.CALL,
            DroppedJars.CALL.replace("new Auth.None())",
                    "new Auth.None()).toBuilder().header(\"a\", \"b\\n\").build()"),
            "the value of the header a holds a character that no HTTP header can carry"});
        bad.put("thief", new String[]{"new Auth.None()", "new Auth.Bearer(Optional.of(new SecretRef(\"env:PATH\")))",
            "it asks for the secret env:PATH, which is not this provider's api-key"});
        bad.put("linkage", new String[]{DroppedJars.ACCEPT, "throw new NoSuchMethodError(\"gone\");",
            "failed to decode a frame: it was compiled against another version of a library: gone"});
        bad.put("million", new String[]{DroppedJars.ACCEPT,
            "for (int i = 0; i < 1_000_000; i++) { sink.accept(new ChatEvent.TextDelta(0, \"\")); }",
            "made more than 100000 events of one piece of an answer"});
        configure(java.util.stream.Stream.concat(bad.keySet().stream(), java.util.stream.Stream.of("good")).toList());
        for (var entry : bad.entrySet()) {
            jars.drop(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
            assertThat(run("plugins", "trust", entry.getKey()).exit()).as(entry.getKey()).isZero();

            Ran ran = run("ask", "-m", entry.getKey() + "/m", "--json", "hi");

            assertThat(ran.exit()).as(entry.getKey() + ran.out()).isEqualTo(78);
            var error = ran.json().object("error").orElseThrow();
            assertThat(error.text("message").orElseThrow()).as(entry.getKey())
                    .startsWith("plugin " + entry.getKey() + " ").contains(entry.getValue()[2]);
            assertThat(error.text("field")).as(entry.getKey()).contains("dialect");
            assertThat(error.list("fix")).as(entry.getKey()).isNotEmpty();
        }

        theGoodOneStillAnswers();

        var problems = problems();
        bad.forEach((name, words) -> assertThat(problems.get(name)).as(name).contains(words[2]));
        assertThat(problems).doesNotContainKey("good");
    }

    @Test
    void whatAPluginPrintsIsNoPartOfTheAnswerAndItsThreadsAndHooksDoNotKeepTheProcess() throws Exception {
        jars.drop("sticky", DroppedJars.CREATE, """
                System.out.println("printed by a plugin");
                Thread.ofPlatform().daemon(false).start(() -> { while (true) { Thread.onSpinWait(); } });
                Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { Thread.onSpinWait(); } }));
                return new Answer();""");
        assertThat(run("plugins", "trust", "sticky").exit()).isZero();
        configure(List.of("sticky"));

        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-p",
                System.getProperty("jdk.module.path"), "-cp",
                System.getProperty("java.class.path"),
                "--add-modules", "java.se", "-m", "dev.koine.cli/dev.koine.cli.Main", "ask", "-m", "sticky/m", "--json",
                "hi").redirectError(home.resolve("err").toFile()).redirectInput(new File("/dev/null"));
        builder.environment().put("KOINE_HOME", home.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(home.resolve("err"))).isZero();
        assertThat(((Json.Obj) JsonTree.read(out)).text("content")).contains("well done");
        assertThat(Files.readString(home.resolve("err"))).contains("printed by a plugin");
    }
}
