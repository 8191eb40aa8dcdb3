package dev.koine.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command understands, built in code: nothing is found by reflection, so no package is opened and nothing is
 * loaded that the line at hand does not need.
 */
final class Syntax {
    /** The options that every command takes, anywhere in the line. */
    static final List<OptionSpec> GLOBAL = List.of(
            value("-m, --model", "REF", "provider/model, an alias, or @tag (first model with that tag)"),
            value("-o, --output", "FORMAT", "text (default), json, jsonl or name; --json is -o json"),
            hidden("--json", "the same as -o json"),
            value("--config", "FILE", "use this file as the user configuration"),
            values("--plugins", "DIR", "look for dialect jars here too (repeatable)"),
            value("--retries", "N", "repeat a failed request up to N times (default 2)"),
            flagSpec("--no-repair", "never repeat a request without the field that was rejected"),
            flagSpec("--offline", "loopback addresses only"),
            value("--color", "WHEN", "auto, always or never; --no-color is --color never"),
            hidden("--no-color", "the same as --color never"),
            flagSpec("--no-input", "never prompt"),
            flagSpec("-y, --yes", "answer yes to confirmations"),
            flagSpec("-q, --quiet", "no notices or progress on stderr"),
            OptionSpec.builder("-v", "--verbose").arity("0").type(boolean[].class)
                    .description("show requests and timings; -vv also bodies and stack traces").build(),
            flagSpec("-h, --help", "show help; -V, --version shows the version"),
            OptionSpec.builder("-V", "--version").arity("0").type(boolean.class).description("show the version")
                    .hidden(true).build());

    private final CommandSpec spec = CommandSpec.create();
    private final String name;
    private final List<String> examples = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int least;
    private int most;

    private Syntax(String name, String summary) {
        this.name = requireNonNull(name, "name is null");
        spec.name(call());
        spec.usageMessage().description(summary);
    }

    /**
     * Return the syntax of a command.
     *
     * @param name the words that call it, such as {@code providers add}
     * @param summary what it does, in one line
     */
    static Syntax of(String name, String summary) {
        return new Syntax(name, summary);
    }

    /** Add an option without a value, such as {@code "-t, --tag"}. */
    Syntax flag(String names, String text) {
        spec.addOption(flagSpec(names, text));
        return this;
    }

    /** Add an option with a value. */
    Syntax option(String names, String label, String text) {
        spec.addOption(value(names, label, text));
        return this;
    }

    /** Add an option with a value, that may be given several times. */
    Syntax options(String names, String label, String text) {
        spec.addOption(values(names, label, text));
        return this;
    }

    /** Add an argument that must be there. */
    Syntax word(String label) {
        labels.add(label);
        least++;
        most++;
        return this;
    }

    /** Add an argument that may be there, behind those that must. */
    Syntax optionalWord(String label) {
        labels.add("[" + label + "]");
        most++;
        return this;
    }

    /** Allow any number of further arguments. */
    Syntax words(String label) {
        labels.add("[" + label + "...]");
        most = Integer.MAX_VALUE;
        return this;
    }

    /** Take any number of further arguments that no help speaks of, for a command that has more to say about them. */
    Syntax more() {
        most = Integer.MAX_VALUE;
        return this;
    }

    /** Add an example; a command's help begins with them. */
    Syntax example(String line) {
        examples.add(line);
        return this;
    }

    /** Add a line that stands below the options in the command's help. */
    Syntax note(String line) {
        notes.add(line);
        return this;
    }

    /** Return the words that call the command, {@code koine} included. */
    String call() {
        return name.isEmpty() ? "koine" : "koine " + name;
    }

    String summary() {
        return spec.usageMessage().description()[0];
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    List<String> labels() {
        return List.copyOf(labels);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Return the command's own options. */
    List<OptionSpec> options() {
        return spec.options();
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /** Return all of it for the parser, global options included. Called once. */
    CommandSpec forParser() {
        GLOBAL.forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
        spec.addPositional(PositionalParamSpec.builder().index("0..*").arity("0..*").type(List.class)
                .auxiliaryTypes(String.class).paramLabel("WORDS").build());
        spec.interpolateVariables(false);
        // A model may be called @tag and a system prompt may be @file: neither is a file of arguments.
        spec.parser().expandAtFiles(false).overwrittenOptionsAllowed(true);
        return spec;
    }

    private static OptionSpec flagSpec(String names, String text) {
        return OptionSpec.builder(names.split(", ")).arity("0").type(boolean.class).description(text).build();
    }

    private static OptionSpec hidden(String name, String text) {
        return OptionSpec.builder(name).arity("0").type(boolean.class).description(text).hidden(true).build();
    }

    private static OptionSpec value(String names, String label, String text) {
        return OptionSpec.builder(names.split(", ")).arity("1").type(String.class).paramLabel(label).description(text)
                .build();
    }

    private static OptionSpec values(String names, String label, String text) {
        return OptionSpec.builder(names.split(", ")).arity("1").type(List.class).auxiliaryTypes(String.class)
                .paramLabel(label).description(text).build();
    }
}
