package dev.koine.cli.syntax;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command understands, built in code: nothing is found by reflection, so no package is opened and nothing is
 * loaded that the line at hand does not need.
 */
public final class Syntax {
    /** The options that every command takes, anywhere in the line. */
    public static final List<Option> GLOBAL = List.of(
            Option.value("-m, --model", "REF", "provider/model, an alias, or @tag (first model with that tag)"),
            Option.value("-o, --output", "FORMAT", "text (default), json, jsonl or name; --json is -o json"),
            Option.hidden("--json", "the same as -o json"),
            Option.value("--config", "FILE", "use this file as the user configuration"),
            Option.value("--plugins", "DIR", "look for dialect jars here too (repeatable)"),
            Option.value("--retries", "N", "repeat a failed request up to N times (default 2)"),
            Option.flag("--no-repair", "never repeat a request without the field that was rejected"),
            Option.flag("--offline", "loopback addresses only"),
            Option.value("--color", "WHEN", "auto, always or never; --no-color is --color never"),
            Option.hidden("--no-color", "the same as --color never"),
            Option.flag("--no-input", "never prompt"),
            Option.flag("-y, --yes", "answer yes to confirmations"),
            Option.flag("-q, --quiet", "no notices or progress on stderr"),
            Option.flag("-v, --verbose", "show requests and timings; -vv also bodies and stack traces"),
            Option.flag("-h, --help", "show help; -V, --version shows the version"),
            Option.hidden("-V, --version", "show the version"));

    private final String name;
    private final String summary;
    private final List<Option> options = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int least;
    private int most;

    private Syntax(String name, String summary) {
        this.name = requireNonNull(name, "name is null");
        this.summary = requireNonNull(summary, "summary is null");
    }

    /**
     * Return the syntax of a command.
     *
     * @param name the words that call it, such as {@code providers add}
     * @param summary what it does, in one line
     */
    public static Syntax of(String name, String summary) {
        return new Syntax(name, summary);
    }

    /** Add an option without a value, such as {@code "-t, --tag"}. */
    public Syntax flag(String names, String text) {
        options.add(Option.flag(names, text));
        return this;
    }

    /** Add an option with a value. */
    public Syntax option(String names, String label, String text) {
        options.add(Option.value(names, label, text));
        return this;
    }

    /** Add an option whose value, a whole number, may be left out: {@code otherwise} stands in for it then. */
    public Syntax optionalNumber(String names, String label, String otherwise, String text) {
        options.add(Option.optionalNumber(names, label, otherwise, text));
        return this;
    }

    /** Add an option with a value, that may be given several times. */
    public Syntax options(String names, String label, String text) {
        return option(names, label, text);
    }

    /** Add an argument that must be there. */
    public Syntax word(String label) {
        labels.add(label);
        least++;
        most++;
        return this;
    }

    /** Add an argument that may be there, behind those that must. */
    public Syntax optionalWord(String label) {
        labels.add("[" + label + "]");
        most++;
        return this;
    }

    /** Allow any number of further arguments. */
    public Syntax words(String label) {
        labels.add("[" + label + "...]");
        most = Integer.MAX_VALUE;
        return this;
    }

    /** Take any number of further arguments that no help speaks of, for a command that has more to say about them. */
    public Syntax more() {
        most = Integer.MAX_VALUE;
        return this;
    }

    /** Add an example; a command's help begins with them. */
    public Syntax example(String line) {
        examples.add(line);
        return this;
    }

    /** Add a line that stands below the options in the command's help. */
    public Syntax note(String line) {
        notes.add(line);
        return this;
    }

    /** Return the words that call the command, {@code koine} included. */
    public String call() {
        return name.isEmpty() ? "koine" : "koine " + name;
    }

    public String summary() {
        return summary;
    }

    public List<String> examples() {
        return List.copyOf(examples);
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Return the command's own options. */
    public List<Option> options() {
        return List.copyOf(options);
    }

    /** Return the command's own options and the global ones. */
    public List<Option> allOptions() {
        return Stream.concat(options.stream(), GLOBAL.stream()).toList();
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }
}
