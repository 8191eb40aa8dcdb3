package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir Path home;

    private CliRun.Ran run(String... words) {
        return CliRun.in(home).run(words);
    }

    @Test
    void anUnknownCommandIsRefusedWithTheNearestOne() {
        var ran = run("versoin");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("""
                error: there is no command versoin
                  why:  did you mean version?
                  fix:  koine version
                """);
    }

    @Test
    void aQuestionWithoutACommandIsNotAsked() {
        var ran = run("Why is the sky blue?");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: there is no command Why is the sky blue?
                  why:  a question is asked with the command ask
                  fix:  koine ask "Why is the sky blue?"
                """);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestOne() {
        var ran = run("version", "--jsn");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: koine version has no option --jsn
                  why:  did you mean --json?
                  fix:  koine version --json
                """);
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThat(run("version", "--retries").err()).isEqualTo("""
                error: --retries needs a value (N)
                  why:  the value is the next word, or stands after =
                  fix:  koine version --help
                """);
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        var ran = run("version", "--retries", "-1");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("""
                error: --retries takes a whole number of at least 0, not -1
                  why:  --retries: repeat a failed request up to N times (default 2)
                  fix:  koine version --help
                """);
    }

    @Test
    void aWordTooManyIsRefused() {
        assertThat(run("version", "x").err()).isEqualTo("""
                error: koine version does not know what to do with x
                  why:  it takes no arguments
                  fix:  koine version --help
                """);
    }

    @Test
    void globalOptionsMayStandBeforeTheCommand() {
        assertThat(run("--color", "never", "--json", "version").json().get("version")).isPresent();
    }

    @Test
    void withJsonAFailureIsOneDocument() {
        var ran = run("--json", "nonsense");
        assertThat(ran.json().text("schema")).contains("koine/error.v1");
        assertThat(ran.json().object("error").orElseThrow().members().keySet()).containsExactly("code", "kind", "exit",
                "provider", "request", "status", "provider_code", "provider_type", "provider_param",
                "provider_message", "field", "message", "why", "fix", "request_id", "retry_after_s");
        assertThat(ran.err()).startsWith("error: there is no command nonsense");
    }

    @Test
    void withJsonAndQuietTheThreeLinesStayAway() {
        assertThat(run("--json", "-q", "nonsense").err()).isEmpty();
    }

    @Test
    void helpFitsOneScreen() {
        var ran = run("--help");
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void helpIsShownWhereverItIsAskedFor() {
        assertThat(run("version", "-h").out()).startsWith("Show the version.");
        assertThat(run("-h", "version").out()).startsWith("Show the version.");
    }
}
