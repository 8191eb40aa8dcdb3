package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a stored key goes when its provider gets another address. */
class KeptKeyTest {
    private static final String KEY = "marker-key-0123456789abcdef";

    @TempDir Path home;

    @BeforeEach
    void keep() {
        keptFor("https://llm.example.com/v1");
    }

    private void keptFor(String base) {
        HomeFiles.config(home, "schema-version = 1\n\n[providers.work]\nbase-url = \"" + base + "\"\n");
        assertThat(CliRun.in(home).stdin(KEY).run("keys", "set", "work", "--stdin").exit()).isZero();
    }

    private String origin() {
        return HomeFiles.of(home).get("credentials.toml").replaceFirst("(?s).*origin = \"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://llm.example.com/v1, https://llm.example.com:8443, https://llm.example.com:8443",
        "http://llm.example.com/v1,  https://llm.example.com/v1,   https://llm.example.com",
        "https://llm.example.com/v1, http://127.0.0.1:8080,        http://127.0.0.1:8080"})
    void itGoesAlongToAnotherPortToHttpsAndToThisMachine(String from, String to, String bound) {
        keptFor(from);
        Ran ran = CliRun.in(home).run("providers", "set", "work", "base-url", to);
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("is sent to " + bound + " from now on").doesNotContain(KEY);
        assertThat(origin()).isEqualTo(bound);
    }

    @Test
    void itStaysWhereItIsWhenNobodySaysThatItGoesToAnotherHost() {
        Ran ran = CliRun.in(home).run("providers", "set", "work", "base-url", "https://other.example.com/v1");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("its key is kept for https://llm.example.com and not sent to "
                + "https://other.example.com; koine keys set work stores one for it, and -y lets the key go along");
        assertThat(origin()).isEqualTo("https://llm.example.com");
    }

    @Test
    void itDoesNotGoFromHttpsToHttpByItself() {
        Ran ran = CliRun.in(home).run("providers", "set", "work", "base-url", "http://llm.example.com/v1");
        assertThat(ran.exit()).isZero();
        assertThat(origin()).isEqualTo("https://llm.example.com");
    }

    @Test
    void itGoesToAnotherHostOnAYes() {
        Ran asked = CliRun.in(home).typing("y").run("providers", "set", "work", "base-url", "https://a.example.com/v1");
        assertThat(asked.err()).contains(
                "Send its key, kept for https://llm.example.com, to https://a.example.com from now on? [y/N] ");
        assertThat(origin()).isEqualTo("https://a.example.com");
        assertThat(CliRun.in(home).run("providers", "set", "work", "base-url", "https://b.example.com/v1", "-y").exit())
                .isZero();
        assertThat(origin()).isEqualTo("https://b.example.com");
        CliRun.in(home).typing("n").run("providers", "set", "work", "base-url", "https://c.example.com/v1");
        assertThat(origin()).isEqualTo("https://b.example.com");
    }

    @Test
    void anotherPathChangesNothingAboutIt() {
        Ran ran = CliRun.in(home).run("providers", "set", "work", "base-url", "https://llm.example.com/api/v1");
        assertThat(ran.err()).isEmpty();
        assertThat(origin()).isEqualTo("https://llm.example.com");
    }

    @Test
    void aShownChangeMovesNothing() {
        CliRun.in(home).run("providers", "set", "work", "base-url", "http://127.0.0.1:8080", "--dry-run");
        assertThat(origin()).isEqualTo("https://llm.example.com");
    }
}
