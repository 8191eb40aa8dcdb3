package dev.koine.cli.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.cli.command.Context;
import dev.koine.cli.command.EnvironmentOffers;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line of {@code providers add} with what it points to filled in: a pasted command, a text on standard input, or what the
 * environment describes and a person chose.
 *
 * @param context the context, its arguments complete
 * @param key the key that stood in a text on standard input
 */
record Prefilled(Context context, Optional<String> key) {
    private static final int LIMIT = 64 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?(/.*|)");

    static Prefilled of(Context context) {
        Optional<String> word = context.arguments().optionalWord(0);
        if (word.filter("-"::equals).isPresent()) {
            var pasted = Pasted.read(input(context), services(context)).orElseThrow(() -> Problem
                    .builder(ExitCode.DATA, "paste.unknown", "no endpoint was found in what came from standard input")
                    .why("a curl command is understood, a piece of a program, and lines such as Base URL: https://HOST/v1")
                    .fix("koine providers add https://HOST/v1").toException());
            return filled(context, word, pasted, pasted.key());
        }
        if (word.isPresent()) {
            Optional<Pasted> pasted = new Known(context.koine()).preset(word.get()).isPresent() ? Optional.empty()
                    : Pasted.read(word.get(), services(context));
            if (pasted.flatMap(Pasted::key).isPresent()) {
                throw KeyText.onCommandLine(context.arguments().text("--id").orElse("ID"));
            }
            return pasted.map(text -> filled(context, word, text, Optional.empty()))
                    .orElse(new Prefilled(context, Optional.empty()));
        }
        return context.arguments().has("--base-url") ? new Prefilled(context, Optional.empty()) : offered(context);
    }

    private static Prefilled filled(Context context, Optional<String> word, Pasted pasted, Optional<String> key) {
        pasted.left().forEach(option -> context.notice("not taken over: " + option));
        var words = new ArrayList<>(pasted.words());
        words.set(0, withVariable(context, words.getFirst()));
        return new Prefilled(context.with(context.arguments().with(word, words)), key);
    }

    private static Pasted.Services services(Context context) {
        var presets = context.koine().presets().all();
        return name -> presets.stream().filter(preset -> preset.keyEnv().contains(name)).map(Preset::id).findFirst();
    }

    /** Return an address in which the variable that it begins with is filled in, as a shell would do. */
    private static String withVariable(Context context, String address) {
        var variable = VARIABLE.matcher(address);
        if (!variable.matches()) {
            return address;
        }
        String name = variable.group(1);
        String value = context.surroundings().variable(name).map(String::strip).orElseThrow(() -> Problem
                .builder(ExitCode.CONFIG, "url.variable", "the address is in the variable " + name
                        + ", and that is not set")
                .why("what was pasted names it in the place of the address")
                .fix("export " + name + "=https://HOST", "koine providers add https://HOST").field("base-url")
                .toException());
        context.notice(name + " is " + value + " here");
        return value.endsWith("/") && variable.group(2).startsWith("/") ? value + variable.group(2).substring(1)
                : value + variable.group(2);
    }

    /** What the environment says is offered; it is taken only where a person says so. */
    private static Prefilled offered(Context context) {
        var offers = new EnvironmentOffers(context.surroundings()).list(context.koine().presets().all());
        var as = new Prefilled(context, Optional.empty());
        if (offers.isEmpty()) {
            return as;
        }
        if (!context.canPrompt()) {
            var problem = Problem.usage("koine providers add needs a preset, a URL, or --base-url")
                    .why("the environment describes "
                            + (offers.size() == 1 ? "an endpoint" : offers.size() + " endpoints")
                            + ", which is used only when you say so");
            offers.forEach(offer -> problem.fix(offer.command()));
            throw problem.toException();
        }
        Output err = context.err();
        err.line("The environment describes:");
        for (int i = 0; i < offers.size(); i++) {
            err.line("  " + (i + 1) + "  " + Visible.of(offers.get(i).label()));
        }
        int chosen = context.askFor("Add which? (number, Enter = none of them): ", "--base-url",
                typed -> number(typed, offers.size()));
        return chosen == 0 ? as
                : new Prefilled(context.with(context.arguments().with(Optional.empty(),
                        offers.get(chosen - 1).words())), Optional.empty());
    }

    private static String input(Context context) {
        try {
            byte[] bytes = context.surroundings().in().readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Problem.builder(ExitCode.DATA, "paste.too-long", "what came from standard input is no command")
                        .why("it is longer than 64 KiB").fix("koine providers add https://HOST/v1").toException();
            }
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the number that was typed, 0 where nothing was. */
    static int number(String typed, int most) {
        if (typed.isEmpty()) {
            return 0;
        }
        if (typed.matches("\\d{1,3}") && Integer.parseInt(typed) <= most) {
            return Integer.parseInt(typed);
        }
        throw Problem.usage("'" + typed + "' is none of the numbers").why("they go from 1 to " + most)
                .fix("type one of them, or nothing").toException();
    }
}
