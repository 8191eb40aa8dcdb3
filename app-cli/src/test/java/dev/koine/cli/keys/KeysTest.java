package dev.koine.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    private void isRefused(int exit, String lines, String... words) {
        CliRun.in(home).isRefused(exit, lines, words);
    }

    private void isHidden(Ran ran) {
        assertThat(ran.out() + ran.err()).doesNotContain(KEY);
    }

    @Test
    void aKeyIsAskedWithoutShowingItStoredAndNamed() throws Exception {
        Ran ran = CliRun.in(home).typing("  " + KEY + "  ").run("keys", "set", "groq");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("Key for Groq (hidden): ");
        assertThat(ran.out()).startsWith("Stored in ~/credentials.toml, readable by you only, as groq.\n");
        assertThat(HomeFiles.config(home)).isEqualTo(
                "schema-version = 1\n\n[providers.groq]\npreset = \"groq\"\napi-key = \"keyring:groq\"\n");
        assertThat(HomeFiles.of(home).get("credentials.toml")).contains('"' + KEY + '"');
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("credentials.toml"))))
                .isEqualTo("rw-------");
        isHidden(ran);
    }

    @Test
    void aKeyComesFromStandardInputWithoutTheBlanksAroundIt() {
        Ran ran = CliRun.in(home).stdin("\n  " + KEY + " \r\n").run("keys", "set", "groq", "--stdin");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.of(home).get("credentials.toml")).contains('"' + KEY + '"');
        isHidden(ran);
    }

    @Test
    void aKeyOnTheCommandLineIsRefusedAndNotRepeated() {
        isRefused(2, """
                error: a key on the command line is in your shell history and in ps
                  why:  consider the key you just typed as leaked
                  fix:  koine keys set groq          and paste it at the prompt
                """, "keys", "set", "groq", KEY);
        isRefused(2, """
                error: a key on the command line is in your shell history and in ps
                  why:  consider the key you just typed as leaked
                  fix:  koine keys set PROVIDER          and paste it at the prompt
                """, "keys", "set", "sk-" + KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Bearer marker-key-0123456789abcdef | the key begins with 'Bearer', which is not part of the key",
        "\"marker-key-0123456789abcdef\" | the key stands in quotes, which are not part of the key",
        "marker-key-0123456789abcdef\\nmore | the key has a line break or another control character in it"})
    void whatIsNoKeyIsRefusedWithAdvice(String typed, String message) {
        Ran ran = CliRun.in(home).stdin(typed.replace("\\n", "\n")).run("keys", "set", "groq", "--stdin");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: " + message + "\n").hasLineCount(3);
        assertThat(HomeFiles.of(home)).isEmpty();
        isHidden(ran);
    }

    @Test
    void anEmptyKeyMeansNoKey() {
        CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin");
        Ran ran = CliRun.in(home).stdin("").run("keys", "set", "groq", "--stdin");
        assertThat(ran.out()).startsWith("No key: requests to Groq carry no Authorization header.\n");
        assertThat(HomeFiles.config(home)).contains("api-key = \"none\"");
        assertThat(HomeFiles.of(home).getOrDefault("credentials.toml", "")).doesNotContain(KEY);
    }

    @Test
    void aReferenceIsWrittenAndNothingStored() {
        Ran ran = run("keys", "set", "groq", "--env", "MY_GROQ_KEY");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEqualTo("koine: MY_GROQ_KEY is not set here\n");
        assertThat(HomeFiles.config(home)).endsWith("api-key = \"env:MY_GROQ_KEY\"\n");
        run("keys", "set", "groq", "--command", "pass show llm/groq");
        assertThat(HomeFiles.config(home)).endsWith("api-key = \"command:pass show llm/groq\"\n");
        assertThat(HomeFiles.of(home)).containsOnlyKeys("config.toml");
    }

    @Test
    void aFileIsNamedByItsWholePath() throws Exception {
        Path file = Files.writeString(home.resolve("key.txt"), KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Ran ran = run("keys", "set", "groq", "--file", "key.txt");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).contains("api-key = \"file:" + file + "\"");
        assertThat(run("keys", "list").out()).contains("27 characters, ends …cdef").doesNotContain(KEY);
    }

    @Test
    void aFileThatCannotServeIsRefused() throws Exception {
        Path file = Files.writeString(home.resolve("key.txt"), KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var before = HomeFiles.of(home);
        Ran open = run("keys", "set", "groq", "--file", "key.txt");
        assertThat(open.exit()).isEqualTo(78);
        assertThat(open.err()).contains("can be read by others (0644)", "chmod 600").hasLineCount(3);
        Ran missing = run("keys", "set", "groq", "--file", "nowhere.txt");
        assertThat(missing.exit()).isEqualTo(77);
        assertThat(missing.err()).contains("there is no file").hasLineCount(3);
        assertThat(HomeFiles.of(home)).isEqualTo(before);
    }

    @Test
    void aKeyInPlaceOfAVariablesNameIsRefusedAndNotRepeated() {
        Ran ran = run("keys", "set", "groq", "--env", KEY);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: --env takes the name of a variable\n").hasLineCount(3);
        isHidden(ran);
    }

    @Test
    void twoPlacesContradictEachOther() {
        isRefused(2, """
                error: --env and --stdin contradict each other
                  why:  a key is in one place
                  fix:  koine keys set groq --env …
                """, "keys", "set", "groq", "--env", "X", "--stdin");
    }

    @Test
    void nobodyToAskIsSaid() {
        Ran ran = run("keys", "set", "groq");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("fix:  give --stdin").hasLineCount(3);
        assertThat(HomeFiles.of(home)).isEmpty();
    }

    @Test
    void anUnknownProviderIsRefused() {
        isRefused(78, """
                error: there is no provider grok
                  why:  did you mean groq?
                  fix:  koine providers list
                """, "keys", "set", "grok", "--stdin");
    }

    @Test
    void aListNeverShowsAKey() {
        CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin");
        HomeFiles.config(home, HomeFiles.config(home)
                + "[providers.perplexity]\npreset = \"perplexity\"\napi-key = \"env:PERPLEXITY_API_KEY\"\n[providers.local]\nbase-url ="
                + " \"localhost:1\"\n");
        Ran ran = run("keys", "list");
        assertThat(ran.out()).isEqualTo("""
                PROVIDER    FROM                    STATE
                groq        keyring:groq            27 characters, ends …cdef, set just now
                perplexity  env:PERPLEXITY_API_KEY  not set
                local       none                    none
                """);
        isHidden(run("keys", "list", "--json"));
        assertThat(run("keys", "list", "--json").json().list("keys")).hasSize(3);
    }

    @Test
    void removingForgetsTheKeyAndItsName() {
        CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin");
        assertThat(run("keys", "remove", "groq").exit()).isEqualTo(2);
        Ran ran = run("keys", "remove", "groq", "-y");
        assertThat(ran.exit()).isZero();
        assertThat(HomeFiles.config(home)).doesNotContain("api-key").contains("preset = \"groq\"");
        assertThat(HomeFiles.of(home).getOrDefault("credentials.toml", "")).doesNotContain(KEY);
        isRefused(78, """
                error: no key of groq is stored or named
                  why:  there is nothing to forget
                  fix:  koine keys list
                """, "keys", "remove", "groq", "-y");
    }

    @Test
    void aDryRunStoresNothing() {
        Ran ran = CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin", "--dry-run");
        assertThat(ran.out()).contains("+ api-key = \"keyring:groq\"");
        assertThat(HomeFiles.of(home)).isEmpty();
        isHidden(ran);
    }

    @Test
    void aKeyIsNotStoredWhenTheConfigurationCannotBeWritten() throws Exception {
        Files.createDirectory(home.resolve("config.toml"));
        Ran ran = CliRun.in(home).stdin(KEY).run("keys", "set", "groq", "--stdin");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: ");
        assertThat(HomeFiles.of(home)).isEmpty();
    }
}
