package dev.koine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text under {@code docs/} that is made of data: it must be what the data say now. */
public final class GeneratedPage {
    /** What a person types to have the files written anew. */
    public static final String REGENERATE = "mvn -pl app-cli -am test -Dtest='*PageTest' -Dsurefire.failIfNoSpecifiedTests=false "
            + "-Dkoine.docs=write";

    private GeneratedPage() {}

    /** Check that the file has this text; with {@code -Dkoine.docs=write} make it so. */
    public static void isCurrent(Path file, String text) {
        try {
            if ("write".equals(System.getProperty("koine.docs"))) {
                Files.writeString(file, text);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s is not what the data say; write it anew with%n  %s", file, REGENERATE).isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the text with what stands between {@code <!-- name -->} and {@code <!-- /name -->} replaced. */
    static String between(String name, String text, String part) {
        String from = "<!-- " + name + " -->\n";
        String to = "<!-- /" + name + " -->";
        int begin = text.indexOf(from);
        int end = text.indexOf(to);
        assertThat(begin).as(from).isNotNegative();
        assertThat(end).as(to).isGreaterThan(begin);
        return text.substring(0, begin + from.length()) + part + text.substring(end);
    }
}
