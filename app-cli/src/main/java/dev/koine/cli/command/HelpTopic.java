package dev.koine.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page of help. The same texts answer the questions that the tutor is asked.
 *
 * @param name the word behind {@code koine help}
 * @param summary what it is about, in a few words
 * @param listed whether {@code koine help} lists it
 */
public record HelpTopic(String name, String summary, boolean listed) {
    private static final List<HelpTopic> ALL = List.of(
            new HelpTopic("custom", "connect any OpenAI-compatible endpoint", true),
            new HelpTopic("environment", "variables that are read", true),
            new HelpTopic("exit-codes", "what the exit codes mean", true),
            new HelpTopic("json", "the JSON that is written", true),
            new HelpTopic("models", "how a model is named and chosen", true),
            new HelpTopic("secrets", "where keys are kept", true),
            new HelpTopic("tags", "sandbox, free, main, heavy, unknown", true),
            new HelpTopic("urls", "which address a request goes to", true),
            new HelpTopic("start", "first steps", false),
            new HelpTopic("providers", "adding a service such as Groq", false),
            new HelpTopic("plugins", "dialect jars", false),
            new HelpTopic("chat", "talking to a model", false));

    public static List<HelpTopic> all() {
        return ALL;
    }

    public static Stream<HelpTopic> listedOnes() {
        return ALL.stream().filter(HelpTopic::listed);
    }

    public static Optional<HelpTopic> find(String name) {
        return ALL.stream().filter(topic -> topic.name.equals(name)).findFirst();
    }

    /** Return the page's first line, without the mark of a heading. */
    String title() {
        return page().lines().findFirst().orElse(name).replaceFirst("^#+ ", "");
    }

    /** Return the page without its title. */
    String text() {
        return page().replaceFirst("^#[^\n]*\n+", "");
    }

    /** Return the whole page. */
    public String page() {
        try (InputStream in = HelpTopic.class.getResourceAsStream("/dev/koine/cli/help/" + name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("no help page " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
