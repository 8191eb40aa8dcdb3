package dev.koine.cli.command;

import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.terminal.ColorWhen;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The options that every command takes. */
public final class Globals {
    private final Arguments arguments;

    Globals(Arguments arguments) {
        this.arguments = arguments;
        color();
        retries();
        format();
    }

    public Optional<String> model() {
        return arguments.text("--model");
    }

    /** Return the form of the output; {@code --json} wins. */
    public Format format() {
        if (arguments.has("--json")) {
            return Format.JSON;
        }
        return arguments.choice("--output", Format.class).orElse(Format.TEXT);
    }

    ColorWhen color() {
        return arguments.has("--no-color") ? ColorWhen.NEVER
                : arguments.choice("--color", ColorWhen.class).orElse(ColorWhen.AUTO);
    }

    public Optional<Path> config() {
        return arguments.path("--config");
    }

    List<Path> plugins() {
        return arguments.all("--plugins").stream().map(Path::of).toList();
    }

    OptionalInt retries() {
        return arguments.integer("--retries", 0);
    }

    boolean repair() {
        return !arguments.has("--no-repair");
    }

    boolean offline() {
        return arguments.has("--offline");
    }

    public boolean input() {
        return !arguments.has("--no-input");
    }

    public boolean yes() {
        return arguments.has("--yes");
    }

    boolean quiet() {
        return arguments.has("--quiet");
    }

    public int verbosity() {
        return arguments.count("--verbose");
    }
}
