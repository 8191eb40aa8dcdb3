package dev.koine.cli.plugins;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @RegisterExtension final WireMockExtension server = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void drop() throws Exception {
        Path folder = Files.createDirectories(home.resolve("data/plugins"));
        try (InputStream jar = PluginsTest.class.getResourceAsStream("/dev/koine/cli/demo/acme-chat.jar")) {
            Files.copy(java.util.Objects.requireNonNull(jar, "jar is null"), folder.resolve("acme-chat.jar"));
        }
    }

    @Test
    void theBuiltInDialectsAreListed() {
        Ran ran = run("plugins", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("ID ").contains("openai ", "openai-bare ", "azure ", "built in");
        assertThat(run("plugins", "list", "-o", "name").lines()).containsExactlyInAnyOrder("openai", "openai-bare",
                "azure");
    }

    @Test
    void aDroppedJarWaitsUntilItIsTrusted() throws Exception {
        drop();
        assertThat(run("plugins", "list").out()).contains("acme-chat", "~/data/plugins/acme-chat.jar",
                "waits: koine plugins trust acme-chat");
        assertThat(home.resolve("plugins.lock")).doesNotExist();
        Ran dry = run("plugins", "trust", "acme-chat", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(home.resolve("plugins.lock")).doesNotExist();
        Ran trusted = run("plugins", "trust", "acme-chat");
        assertThat(trusted.exit()).isZero();
        assertThat(trusted.out()).startsWith("Trusted acme-chat 1.2.0 (sha256 ").contains("dialects: acme-chat");
        assertThat(run("plugins", "list").out()).contains("trusted, sha256 ");
        assertThat(run("plugins", "list", "--json").json().list("plugins")).hasSize(4);
    }

    @Test
    void foldersOfTheEnvironmentAreSearchedToo() throws Exception {
        Path first = Files.createDirectories(home.resolve("first"));
        Files.writeString(Files.createDirectories(home.resolve("second")).resolve("broken.jar"), "this is no jar");

        Ran ran = CliRun.in(home).env("KOINE_PLUGINS", first + File.pathSeparator + "second").run("plugins", "list");

        assertThat(ran.out()).contains("broken", "refused: ");
    }

    @Test
    void anUnknownDialectIsAnsweredWithTheCommandThatListsThem() {
        Ran ran = run("ask", "--url", "http://127.0.0.1:1/v1", "-m", "m", "--dialect", "acme-caht", "hi");

        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("'acme-caht'", "  fix:  koine plugins list");
    }

    @Test
    void aBrokenJarIsListedAndRefusedAndHurtsNobody() throws Exception {
        Path folder = Files.createDirectories(home.resolve("data/plugins"));
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");
        assertThat(run("plugins", "list").out()).contains("broken", "refused: ", "openai");
        Ran ran = run("plugins", "trust", "broken");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: broken was not trusted\n").hasLineCount(3);
    }

    @Test
    void anUnknownJarIsRefusedWithTheNearestOne() throws Exception {
        drop();
        Ran ran = run("plugins", "trust", "acme-chta");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("did you mean acme-chat?").hasLineCount(3);
    }

    @Test
    void aJarIsVerifiedWhereverItLies() throws Exception {
        Path jar = home.resolve("acme-chat.jar");
        try (InputStream in = PluginsTest.class.getResourceAsStream("/dev/koine/cli/demo/acme-chat.jar")) {
            Files.copy(java.util.Objects.requireNonNull(in, "in is null"), jar);
        }

        Ran ran = run("plugins", "verify", "acme-chat.jar");

        assertThat(ran.out()).startsWith("acme-chat 1.2.0, modules, koine-spi ").endsWith("\nsound\n");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        Json.Obj json = run("plugins", "verify", jar.toString(), "--json").json();
        assertThat(json.text("schema")).contains("koine/plugin-check.v1");
        assertThat(json.get("sound").orElseThrow()).isEqualTo(Json.of(true));
        assertThat(json.list("checks")).hasSizeGreaterThan(8);
        assertThat(run("plugins", "list", "-o", "name").out()).doesNotContain("acme-chat");
        assertThat(home.resolve("plugins.lock")).doesNotExist();
    }

    @Test
    void aBrokenJarIsUnsoundAndAMissingOneIsNoInput() throws Exception {
        Files.writeString(home.resolve("broken.jar"), "this is no jar");

        Ran broken = run("plugins", "verify", "broken.jar");

        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out()).contains("broken.jar is no readable jar: zip END header not found",
                "fix:  copy it again; it may have been cut short").endsWith("1 check failed\n");
        assertThat(run("plugins", "verify", "broken.jar", "-o", "name").lines()).containsExactly("file");
        Ran missing = run("plugins", "verify", "nope.jar");
        assertThat(missing.exit()).isEqualTo(66);
        assertThat(missing.err()).startsWith("error: there is no file nope.jar\n").hasLineCount(3);
    }

    @Test
    void withThePolicyWarnAnUntrustedJarAnswersAndSaysSoEachTime() throws Exception {
        new DroppedJars(home).drop("other", DroppedJars.CREATE, "return new Answer();");
        HomeFiles.config(home,
                "schema-version = 1\n[plugins]\npolicy = \"warn\"\n[providers.other]\ndialect = \"other\"\n");

        for (int i = 0; i < 2; i++) {
            Ran ran = run("ask", "-m", "other/m", "hi");

            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).isEqualTo("well done\n");
            assertThat(ran.err()).contains("koine: nobody trusts plugin other; it runs because plugins.policy is warn "
                    + "(koine plugins trust other)");
        }
        assertThat(home.resolve("plugins.lock")).doesNotExist();
        HomeFiles.config(home, "schema-version = 1\n[providers.other]\ndialect = \"other\"\n");
        assertThat(run("ask", "-m", "other/m", "hi").exit()).isEqualTo(78);
    }

    @Test
    void trustIsOneDocumentForAProgram() throws Exception {
        drop();
        Json.Obj json = run("plugins", "trust", "acme-chat", "--json").json();
        assertThat(json.text("schema")).contains("koine/plugin.v1");
        assertThat(json.text("state")).contains("resolved");
    }

    private Path downloaded() throws Exception {
        Path jar = Files.createDirectories(home.resolve("downloads")).resolve("acme-chat.jar");
        try (InputStream in = PluginsTest.class.getResourceAsStream("/dev/koine/cli/demo/acme-chat.jar")) {
            Files.copy(java.util.Objects.requireNonNull(in, "in is null"), jar);
        }
        return jar;
    }

    @Test
    void aPluginLivesFromAddToRemove() throws Exception {
        Path jar = downloaded();
        Ran dry = run("plugins", "add", jar.toString(), "--dry-run");
        assertThat(dry.out()).isEqualTo("Would add acme-chat 1.2.0 (~/data/plugins/acme-chat.jar)\n");
        assertThat(home.resolve("data/plugins/acme-chat.jar")).doesNotExist();
        Ran added = run("plugins", "add", "downloads/acme-chat.jar");
        assertThat(added.exit()).isZero();
        assertThat(added.out()).isEqualTo("Added acme-chat 1.2.0 (~/data/plugins/acme-chat.jar)\n");
        assertThat(added.err()).isEqualTo("koine: it does not run yet: koine plugins trust acme-chat\n");
        assertThat(run("plugins", "trust", "acme-chat").exit()).isZero();
        Ran shown = run("plugins", "show", "acme-chat");
        assertThat(shown.out()).contains("1.2.0", "trusted, sha256 ", "~/data/plugins/acme-chat.jar", "modules",
                "koine-spi", "dialects");
        Json.Obj json = run("plugins", "show", "acme-chat", "--json").json();
        assertThat(json.text("schema")).contains("koine/plugin.v1");
        assertThat(json.text("state")).contains("resolved");
        assertThat(json.text("form")).contains("modules");
        assertThat(json.text("trusted_at")).isPresent();
        assertThat(json.list("modules")).hasSize(1);
        assertThat(run("plugins", "disable", "acme-chat").out()).isEqualTo("acme-chat 1.2.0 is off\n");
        assertThat(run("plugins", "ls").out()).contains("off: koine plugins enable acme-chat");
        Ran asked = run("ask", "--url", "http://127.0.0.1:1/v1", "--dialect", "acme-chat", "-m", "m", "hi");
        assertThat(asked.exit()).isEqualTo(78);
        assertThat(asked.err()).contains("plugin acme-chat: it is switched off",
                "  fix:  koine plugins enable acme-chat");
        assertThat(run("plugins", "enable", "acme-chat").out()).isEqualTo("acme-chat 1.2.0 is on\n");
        assertThat(run("plugins", "rm", "acme-chat").exit()).isEqualTo(2);
        assertThat(run("plugins", "remove", "acme-chat", "--dry-run").out()).startsWith("Would remove acme-chat 1.2.0");
        assertThat(run("plugins", "rm", "acme-chat", "-y").out())
                .isEqualTo("Removed acme-chat 1.2.0 (~/data/plugins/acme-chat.jar)\n");
        assertThat(home.resolve("data/plugins/acme-chat.jar")).doesNotExist();
        assertThat(Files.readString(home.resolve("plugins.lock"))).doesNotContain("acme-chat");
        assertThat(run("plugins", "show", "acme-chat").exit()).isEqualTo(78);
    }

    @Test
    void aJarComesFromAnAddressToo() throws Exception {
        byte[] jar = Files.readAllBytes(downloaded());
        server.stubFor(get("/dist/acme-chat.jar").willReturn(aResponse().withBody(jar)));
        String address = server.baseUrl() + "/dist/acme-chat.jar";
        assertThat(run("plugins", "add", address, "--dry-run").out()).startsWith("Would add acme-chat 1.2.0 (");
        assertThat(home.resolve("data/plugins")).doesNotExist();
        Ran added = run("plugins", "add", address);
        assertThat(added.out()).isEqualTo("Added acme-chat 1.2.0 (~/data/plugins/acme-chat.jar)\n");
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        assertThat(added.err()).isEqualTo("koine: sha256 " + digest + "; compare it with its author's\n"
                + "koine: it does not run yet: koine plugins trust acme-chat\n");
        assertThat(home.resolve("data/plugins/acme-chat.jar")).hasBinaryContent(jar);
        assertThat(home.resolve("plugins.lock")).doesNotExist();
    }

    @Test
    void anAddressThatGivesNoJarSaysWhyAndLeavesNothing() throws Exception {
        server.stubFor(get("/broken.jar").willReturn(aResponse().withBody("this is no jar")));
        server.stubFor(get("/moved.jar").willReturn(aResponse().withStatus(302)
                .withHeader("location", "https://elsewhere.example/acme.jar")));
        Ran broken = run("plugins", "add", server.baseUrl() + "/broken.jar");
        assertThat(broken.exit()).isEqualTo(78);
        assertThat(broken.err()).startsWith("error: " + server.baseUrl() + "/broken.jar was not added\n")
                .hasLineCount(3);
        Ran gone = run("plugins", "add", server.baseUrl() + "/gone.jar");
        assertThat(gone.exit()).isEqualTo(78);
        assertThat(gone.err()).startsWith("error: localhost answered 404 instead of the file\n");
        Ran moved = run("plugins", "add", server.baseUrl() + "/moved.jar");
        assertThat(moved.err()).contains("redirects to https://elsewhere.example", "fix:  koine plugins add URL");
        Ran plain = run("plugins", "add", "http://acme.example/acme.jar");
        assertThat(plain.exit()).isNotZero();
        assertThat(plain.err()).isEqualTo("""
                error: a file that comes over plain http may be anybody's
                  why:  whoever sits on the way to acme.example can put another one in its place
                  fix:  use https
                """);
        assertThat(run("plugins", "add", "https://acme.example/acme.jar", "--offline").err())
                .startsWith("error: offline: acme.example is another machine\n");
        Ran nameless = run("plugins", "add", "https://acme.example/download?id=3");
        assertThat(nameless.exit()).isEqualTo(2);
        assertThat(nameless.err()).contains("it does not end in the name of a jar");
        assertThat(home.resolve("data/plugins")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeAddedSaysWhy() throws Exception {
        Path broken = Files.writeString(home.resolve("broken.jar"), "this is no jar");
        Ran ran = run("plugins", "add", broken.toString());
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: " + broken + " was not added\n").hasLineCount(3);
        Ran none = run("plugins", "add", "none.jar");
        assertThat(none.exit()).isEqualTo(66);
        assertThat(none.err()).startsWith("error: there is no file none.jar\n").hasLineCount(3);
    }

    @Test
    void whatIsNotTrustedCannotBeSwitched() throws Exception {
        drop();
        Ran ran = run("plugins", "disable", "acme-chat");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("error: acme-chat is not trusted\n", "fix:  koine plugins trust acme-chat")
                .hasLineCount(3);
    }

    @Test
    void aReloadSaysWhatWaits() throws Exception {
        drop();
        assertThat(run("plugins", "reload").out()).contains("acme-chat", "waiting", "koine plugins trust acme-chat");
        Json.Obj json = run("plugins", "reload", "--json").json();
        assertThat(json.text("schema")).contains("koine/plugins.v1");
        assertThat(((Json.Obj) json.list("plugins").getFirst()).text("change")).contains("waiting");
    }

    @Test
    void whatIsBuiltInIsShownToo() {
        assertThat(run("plugins", "show", "openai").out()).contains("built in");
        assertThat(run("plugins", "show", "azure", "--json").json().text("state")).contains("built-in");
    }
}
