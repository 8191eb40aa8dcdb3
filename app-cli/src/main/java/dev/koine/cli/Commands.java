package dev.koine.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All commands, by the words that call them. The one place where a command is entered. */
final class Commands {
    /** What stands at a word: a command, or a noun with its verbs. */
    sealed interface Entry {
        String name();

        String summary();
    }

    /** A word that does something. */
    record Verb(String name, String summary, Supplier<Command> command) implements Entry {}

    /** A word that wants another. */
    record Noun(String name, String summary, List<Verb> verbs) implements Entry {
        Optional<Verb> verb(String word) {
            String meant = switch (word) {
                case "ls" -> "list";
                case "rm" -> "remove";
                default -> word;
            };
            return verbs.stream().filter(verb -> verb.name().equals(meant)).findFirst();
        }
    }

    /** A heading of {@code koine --help} with what stands below it. */
    record Group(String title, List<Entry> entries) {}

    static final List<Group> GROUPS = List.of(
            new Group("Work", List.of(
                    new Verb("ask", "one question, one answer", Ask::new),
                    new Verb("chat", "talk with a model", Chat::new),
                    new Verb("demo", "every kind of endpoint, end to end, offline", Demo::new))),
            new Group("Set up", List.of()),
            new Group("Look", List.of(
                    new Verb("help", "a topic, or a command", Help::new),
                    new Verb("version", "what this is made of", Version::new))));

    private Commands() {}

    static Stream<Entry> all() {
        return GROUPS.stream().flatMap(group -> group.entries().stream());
    }

    static Optional<Entry> find(String word) {
        return all().filter(entry -> entry.name().equals(word)).findFirst();
    }

    /** Return the words that call each command, such as {@code providers add}. */
    static List<String> names() {
        return all().flatMap(entry -> switch (entry) {
            case Verb verb -> Stream.of(verb.name());
            case Noun noun -> noun.verbs().stream().map(verb -> noun.name() + " " + verb.name());
        }).toList();
    }
}
