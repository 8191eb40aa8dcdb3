package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Version;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.ReservedIds;
import dev.koine.spi.DialectDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/** {@code koine plugins new ID}. */
public final class PluginsNew implements Command {
    private static final String CALL = "koine plugins new ";

    @Override
    public Syntax syntax() {
        return Syntax.of("plugins new", "Write a Maven project of a new dialect, with its contract test.")
                .example("koine plugins new acme")
                .example("koine plugins new acme --dir ~/src/acme --package com.acme.koine").word("ID")
                .option("--dir", "DIR", "the project's folder; ./ID without")
                .option("--package", "NAME", "the package of its classes; com.example.ID without")
                .flag(ConfigEdit.DRY_RUN, "list the files and write nothing")
                .note("mvn verify in that folder builds the jar and runs the contract test.");
    }

    @Override
    public ExitCode run(Context context) {
        var arguments = context.arguments();
        String id = checkedId(context, arguments.word(0));
        String packageName = checkedPackage(id,
                arguments.text("--package").orElseGet(() -> Scaffold.usualPackage(id)));
        Path shown = arguments.path("--dir").orElseGet(() -> Path.of(id));
        Path folder = context.surroundings().directory().resolve(shown);
        refuseTaken(id, shown, folder);
        var scaffold = new Scaffold(id, packageName, Version.number());
        boolean dryRun = arguments.has(ConfigEdit.DRY_RUN);
        if (!dryRun) {
            write(scaffold, shown, folder);
        }
        tell(context, scaffold, shown, folder, dryRun);
        return ExitCode.OK;
    }

    private static String checkedId(Context context, String id) {
        if (!isId(id)) {
            String tidied = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
            throw Problem.usage("'" + id + "' is no dialect id")
                    .why("an id is lower-case letters, digits and single dashes, a letter first")
                    .fix(CALL + (isId(tidied) ? tidied : "my-dialect")).toException();
        }
        boolean builtIn = context.koine().dialects().list().stream()
                .anyMatch(info -> info.id().equals(id) && info.origin() instanceof DialectOrigin.BuiltIn);
        if (builtIn || ReservedIds.contains(id)) {
            throw Problem.usage("a new dialect cannot be called " + id)
                    .why(builtIn ? "it is one of Koine's own dialects" : "it is a name that Koine keeps for itself")
                    .fix(CALL + (id.startsWith("koine-") ? id.substring("koine-".length()) : "my-" + id))
                    .toException();
        }
        return id;
    }

    private static boolean isId(String id) {
        try {
            return DialectDescriptor.of(id, "").id().equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String checkedPackage(String id, String name) {
        boolean ours = name.equals("dev.koine") || name.startsWith("dev.koine.");
        if (ours || !SourceVersion.isName(name)) {
            throw Problem.usage("'" + name + "' cannot be the package")
                    .why(ours ? "packages below dev.koine are Koine's own, and a jar with one is refused"
                            : "a package is Java names with dots between them, none of them a word of the language")
                    .fix(CALL + id + " --package com.example.dialect").toException();
        }
        return name;
    }

    private static void refuseTaken(String id, Path shown, Path folder) {
        Optional<String> taken = taken(folder);
        if (taken.isPresent()) {
            throw Problem.usage(shown + " is not free").why(taken.get()).fix(CALL + id + " --dir OTHER").toException();
        }
    }

    private static Optional<String> taken(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of("there is a file of that name");
        }
        try (var entries = Files.list(folder)) {
            return entries.sorted().findFirst().map(entry -> "the folder is not empty: it holds "
                    + Visible.of(entry.getFileName().toString()));
        } catch (IOException e) {
            return Optional.of("the folder cannot be read: " + e.getMessage());
        }
    }

    private static void write(Scaffold scaffold, Path shown, Path folder) {
        try {
            scaffold.write(folder);
        } catch (IOException e) {
            throw Problem.builder(ExitCode.CONFIG, "plugin.unwritable", "the project cannot be written to " + shown)
                    .why(e.getClass().getSimpleName() + ": " + e.getMessage())
                    .fix(CALL + scaffold.id() + " --dir OTHER").toException();
        }
    }

    private static void tell(Context context, Scaffold scaffold, Path shown, Path folder, boolean dryRun) {
        List<String> files = scaffold.files();
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(Json.object().put("schema", "koine/scaffold.v1")
                    .put("id", scaffold.id()).put("package", scaffold.packageName())
                    .put("directory", folder.normalize().toString()).put("files", Json.strings(files))
                    .put("dry_run", dryRun).build());
            case NAME, TEXT, CURL -> files.forEach(file -> context.out().line(shown.resolve(file).toString()));
        }
        context.out().flush();
        context.notice(dryRun ? "dry run: nothing was written"
                : "next: mvn -f " + Shell.word(shown.toString())
                        + " verify          builds it and runs the contract test");
    }
}
