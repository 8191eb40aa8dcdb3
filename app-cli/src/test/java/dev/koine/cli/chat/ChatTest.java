package dev.koine.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation whose lines come from a pipe. */
class ChatTest {
    @TempDir Path home;

    private CliRun.Ran chat(String lines) {
        return CliRun.in(home).stdin(lines).run("chat", "-m", "sim/echo", "-q");
    }

    @Test
    void eachLineIsAMessageAndTheEndOfInputLeaves() {
        var ran = chat("one\n\ntwo\n");
        assertThat(ran.out()).isEqualTo("one\ntwo\n");
        assertThat(ran.exit()).isZero();
    }

    @Test
    void aMessageGoesOnBehindABackslashAndInABlock() {
        assertThat(chat("one \\\ntwo\n").out()).isEqualTo("one \ntwo\n");
        assertThat(chat("\"\"\"\none\n\ntwo\n\"\"\"\n").out()).isEqualTo("one\n\ntwo\n");
    }

    @Test
    void aConversationIsAskedAgainAndForgotten() {
        assertThat(chat("/retry\n/undo\none\n/retry\n/undo\n/undo\n").out()).isEqualTo("""
                nothing was said yet
                nothing was said yet
                one
                one
                forgotten
                nothing was said yet
                """);
    }

    @Test
    void theModelTheInstructionsAndTheFieldsAreShownAndReplaced() {
        assertThat(chat(
                "/model sim/markdown\n/system\n/system Be brief\n/set\n/set temperature 0.2\n/set temperature null\n")
                .out()).isEqualTo("""
                        model: sim/markdown
                        system: nothing
                        system: Be brief
                        nothing is set
                        temperature = 0.2
                        nothing is set
                        """);
    }

    @Test
    void aFailureDoesNotEndTheConversation() {
        var ran = chat("/model sim/nope\nhi\n/model sim/echo\nhi\n");
        assertThat(ran.out()).isEqualTo("model: sim/nope\nmodel: sim/echo\nhi\n");
        assertThat(ran.err()).startsWith("error: the simulator has no model nope");
        assertThat(ran.exit()).isEqualTo(78);
    }

    @Test
    void anUnknownCommandIsNotSentToTheModel() {
        assertThat(chat("/modle x\n/help\n").out()).startsWith("there is no /modle; did you mean /model?\n  /help");
    }

    @Test
    void filesGoWithTheNextMessageAndWithNoOther() throws IOException {
        Files.writeString(home.resolve("notes.md"), "# Notes\n");
        assertThat(chat("/attach\n/attach notes.md\none\ntwo\n").out()).isEqualTo("""
                nothing is attached
                attached: notes.md
                one

                <file name="notes.md">
                # Notes
                </file>
                two
                """);
        assertThat(chat("/attach notes.md\n/detach\none\n").out()).endsWith("nothing is attached\none\n");
    }

    @Test
    void aFileThatIsNotThereIsToldAtOnce() {
        var ran = chat("/attach gone.md\none\n");
        assertThat(ran.err()).startsWith("error: there is no file gone.md\n");
        assertThat(ran.out()).isEqualTo("one\n");
    }

    @Test
    void quitLeaves() {
        assertThat(chat("/quit\none\n").out()).isEmpty();
    }

    @Test
    void aHeavyModelIsGoneOnWithOnlyAfterAYesWhereThatIsWanted() {
        CliRun.in(home).run("providers", "add", "lmstudio", "--no-test", "--models", "big", "--tag", "heavy");
        CliRun.in(home).run("config", "set", "confirm-heavy", "true");
        var ran = chat("/model lmstudio/big\n/model\n/retry\nhi\n/retry lmstudio/big\n/model\n");
        assertThat(ran.out()).isEqualTo("model: sim/echo\nnothing was said yet\nhi\nmodel: sim/echo\n");
        String refused = """
                error: nobody can be asked: Ask lmstudio/big, which you tagged heavy?
                  why:  standard input or standard error is no terminal
                  fix:  give -y
                """;
        assertThat(ran.err()).isEqualTo(refused + refused);
        assertThat(CliRun.in(home).stdin("/model lmstudio/big\n").run("chat", "-m", "sim/echo", "-q", "-y").out())
                .isEqualTo("model: lmstudio/big\n");
    }
}
