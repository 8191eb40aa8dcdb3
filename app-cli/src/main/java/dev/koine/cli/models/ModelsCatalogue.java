package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.registry.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/** {@code koine models catalogue [FILE]}: files of facts that fill in what neither the user nor an endpoint says. */
public final class ModelsCatalogue implements Command {
    private static final String REMOVE = "--remove";
    private static final String BUILT_IN = "built-in";

    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("models catalogue", "Show or add files that fill in facts about models.")
                .example("koine models catalogue").example("koine models catalogue models-2026.toml")
                .optionalWord("FILE").option(REMOVE, "NAME", "take a catalogue away"))
                .note("What you say stands above what the endpoint says, and that above a catalogue. It lists no models.");
    }

    @Override
    public ExitCode run(Context context) {
        Optional<String> file = context.arguments().optionalWord(0);
        Optional<String> gone = context.arguments().text(REMOVE);
        if (file.isPresent() && gone.isPresent()) {
            throw Problem.usage(REMOVE + " takes the place of a file").why("a catalogue is added or removed")
                    .fix("koine models catalogue " + REMOVE + " " + Shell.word(gone.get())).toException();
        }
        if (gone.isPresent()) {
            return remove(context, gone.get());
        }
        return file.isPresent() ? add(context, file.get()) : list(context);
    }

    private static ExitCode add(Context context, String written) {
        Path file = context.surroundings().directory().resolve(written);
        if (!Files.isRegularFile(file)) {
            throw Problem.builder(ExitCode.NO_INPUT, "input.missing", "there is no file " + written)
                    .why("it was looked for in " + file.toAbsolutePath().getParent()).fix("check the name")
                    .toException();
        }
        Catalogue.Sheet sheet = read(file, written);
        if (!sheet.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw Problem.usage("a catalogue's name is letters, digits, dots and dashes, not " + sheet.name())
                    .why("it is called by its file").fix("name the file models.toml").toException();
        }
        Path target = folder(context).resolve(sheet.name() + ".toml");
        boolean replaced = Files.exists(target);
        if (!new ConfigEdit(context).isDryRun()) {
            install(file, target);
        }
        return done(context, target, sheet, (replaced ? "replaced " : "added ") + sheet.name() + ": "
                + models(sheet) + " (" + sheet.from() + ", " + sheet.asOf() + ")");
    }

    private static Catalogue.Sheet read(Path file, String written) {
        try {
            return Catalogue.read(file);
        } catch (IllegalArgumentException e) {
            throw Problem.builder(ExitCode.DATA, "catalogue.invalid", written + " is no catalogue of models")
                    .why(String.valueOf(e.getMessage())).fix("koine help models          shows what one looks like")
                    .toException();
        }
    }

    private static void install(Path file, Path target) {
        Path folder = target.resolveSibling("");
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, ".catalogue", ".tmp");
            try {
                Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static CliException unwritable(Path target, IOException e) {
        return Problem.builder(ExitCode.CONFIG, "catalogue.unwritable", target + " cannot be written")
                .why(e.getClass().getSimpleName() + ": " + e.getMessage())
                .fix("koine config path          shows where the configuration is").toException();
    }

    private static ExitCode remove(Context context, String name) {
        Catalogue.Sheet sheet = context.koine().registry().catalogue().sheets().stream()
                .filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> Problem
                        .builder(ExitCode.CONFIG, "catalogue.unknown", "there is no catalogue " + name)
                        .why("the folder " + folder(context) + " has none of this name").fix("koine models catalogue")
                        .toException());
        Path target = folder(context).resolve(name + ".toml");
        if (!new ConfigEdit(context).isDryRun()) {
            context.confirm("Remove the catalogue " + name + "?");
            try {
                Files.delete(target);
            } catch (IOException e) {
                throw unwritable(target, e);
            }
        }
        return done(context, target, sheet, "removed " + name);
    }

    private static ExitCode done(Context context, Path target, Catalogue.Sheet sheet, String text) {
        var edit = new ConfigEdit(context);
        switch (context.globals().format()) {
            case TEXT, CURL -> {
                context.out().line(paths(context).show(target));
                context.out().line(Visible.of(text));
            }
            case JSON, JSONL -> context.out().json(json(sheet).with("schema", Json.of("koine/catalogue.v1"))
                    .with("file", Json.of(target.toString())).with("dry_run", Json.of(edit.isDryRun())));
            case NAME -> context.out().line(sheet.name());
        }
        edit.tellDryRun();
        return ExitCode.OK;
    }

    private static ExitCode list(Context context) {
        Catalogue catalogue = context.koine().registry().catalogue();
        var list = new Listing("koine/catalogues.v1", "catalogues", Table.of("CATALOGUE", "MODELS", "AS OF", "SOURCE"));
        catalogue.sheets().forEach(sheet -> list.add(sheet.name(), json(sheet), Visible.of(sheet.name()),
                Integer.toString(sheet.size()), sheet.asOf().toString(), Visible.of(sheet.from())));
        catalogue.builtIn().stream().map(Catalogue.Sheet::asOf).min(Comparator.naturalOrder())
                .ifPresent(asOf -> builtIn(list, catalogue, asOf));
        catalogue.problems().forEach(problem -> context.notice(problem + "; it counts for nothing"));
        return list.print(context, "no catalogues; add one with: koine models catalogue FILE", "");
    }

    /** Those of Koine's own jars are one to a person; the oldest of their days is said. */
    private static void builtIn(Listing list, Catalogue catalogue, LocalDate asOf) {
        int models = catalogue.builtIn().stream().mapToInt(Catalogue.Sheet::size).sum();
        String source = "koine models show names that of each fact";
        list.add(BUILT_IN, Json.object().put("name", BUILT_IN).put("models", models).put("as_of", asOf.toString())
                .put("source", source).build(), BUILT_IN, Integer.toString(models), asOf.toString(), source);
    }

    private static Json.Obj json(Catalogue.Sheet sheet) {
        return Json.object().put("name", sheet.name()).put("models", sheet.size()).put("as_of", sheet.asOf().toString())
                .put("source", sheet.from()).build();
    }

    private static String models(Catalogue.Sheet sheet) {
        return sheet.size() == 1 ? "1 model" : sheet.size() + " models";
    }

    private static KoinePaths paths(Context context) {
        return context.koine().configStore().paths();
    }

    private static Path folder(Context context) {
        return context.koine().registry().catalogue().folder();
    }
}
