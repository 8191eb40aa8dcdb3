package dev.koine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The options that every command takes. */
final class Globals {
    private final Arguments arguments;

    Globals(Arguments arguments) {
        this.arguments = arguments;
        color();
        retries();
        format();
    }

    Optional<String> model() {
        return arguments.text("--model");
    }

    /** Return the form of the output; {@code --json} wins. */
    Format format() {
        if (arguments.has("--json")) {
            return Format.JSON;
        }
        return arguments.choice("--output", Format.class).orElse(Format.TEXT);
    }

    ColorWhen color() {
        return arguments.has("--no-color") ? ColorWhen.NEVER
                : arguments.choice("--color", ColorWhen.class).orElse(ColorWhen.AUTO);
    }

    Optional<Path> config() {
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

    boolean input() {
        return !arguments.has("--no-input");
    }

    boolean yes() {
        return arguments.has("--yes");
    }

    boolean quiet() {
        return arguments.has("--quiet");
    }

    int verbosity() {
        return arguments.count("--verbose");
    }
}
