package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.config.ProjectFile;

/** {@code koine config trust}. */
public final class ConfigTrust implements Command {
    private static final String REMOVE = "--remove";

    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("config trust", "Let the project's file say where requests and keys go.")
                .example("koine config trust").example("koine config trust --remove")
                .flag(REMOVE, "trust it no more"))
                .note("The file is .koine/config.toml, in this directory or above, up to the repository's root.")
                .note("Trust belongs to the text: a file that changes waits again.");
    }

    @Override
    public ExitCode run(Context context) {
        ConfigStore store = context.koine().configStore();
        ProjectFile project = store.project().orElseThrow(() -> Problem
                .builder(ExitCode.NO_INPUT, "project.none", "there is no project's configuration file here")
                .why("neither this directory nor one above it, up to the repository's root, has .koine/config.toml")
                .fix("koine config path          shows where files are").toException());
        boolean trust = !context.arguments().has(REMOVE);
        boolean dry = context.arguments().has(ConfigEdit.DRY_RUN);
        String file = store.paths().show(project.file());
        boolean change = trust ? !project.trusted() : project.trusted() || project.changed();
        if (change && trust) {
            show(context, project, file);
        }
        if (change && !dry) {
            if (trust) {
                context.out().flush();
                context.confirm("Trust " + file + "?");
                store.trust(project);
            } else {
                store.distrust(project);
            }
        }
        switch (context.globals().format()) {
            case TEXT, CURL -> context.out().line(Visible.of(!change
                    ? file + (trust ? " is trusted already" : " is not trusted")
                    : (dry ? trust ? "Would trust " : "Would trust no more: "
                            : trust ? "Trusted " : "Trusted no more: ")
                            + file + (trust ? " (sha256 " + project.sha256() + ")" : "")));
            case JSON, JSONL -> context.out().json(json(project, dry ? project.trusted() : trust));
            case NAME -> context.out().line(project.file().toString());
        }
        if (dry) {
            context.out().flush();
            context.notice("dry run: nothing was written");
        }
        return ExitCode.OK;
    }

    private static void show(Context context, ProjectFile project, String file) {
        if (context.globals().format() != Format.TEXT) {
            return;
        }
        context.out().line(Visible.of(file + (project.changed() ? ", changed since you trusted it," : "")
                + (project.held().isEmpty() ? " says nothing that needs trust"
                        : " says where requests and keys go:")));
        for (ProjectFile.Held setting : project.held()) {
            context.out().line(Visible.of("  " + setting.key() + " = " + TomlText.of(setting.value())
                    + (setting.newProvider() ? "          a new provider" : "")));
        }
    }

    private static Json.Obj json(ProjectFile project, boolean trusted) {
        return Json.object().put("schema", "koine/trust.v1").put("file", project.file().toString())
                .put("sha256", project.sha256()).put("trusted", trusted)
                .put("settings", Json.array(project.held().stream().<Json>map(setting -> Json.object()
                        .put("key", setting.key()).put("line", setting.line()).put("value", setting.value()).build())
                        .toList()))
                .build();
    }
}
