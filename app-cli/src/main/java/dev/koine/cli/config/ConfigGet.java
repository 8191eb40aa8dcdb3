package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.config.Setting;
import java.util.List;
import java.util.Optional;

/** {@code koine config get KEY}. */
public final class ConfigGet implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("config get", "Print the value of a setting, as it is in effect.")
                .example("koine config get default-model")
                .word("KEY").note("Exit 1 where it is not set.");
    }

    @Override
    public ExitCode run(Context context) {
        String typed = context.arguments().word(0);
        List<String> key = SettingEdit.known(SettingEdit.key(List.of(), typed));
        ConfigStore store = context.koine().configStore();
        Json value = at(store.merged(), key)
                .or(() -> ConfigKeys.find(key).flatMap(Setting::builtIn).map(text -> ConfigKeys.parse(key, text)))
                .orElseThrow(() -> Problem.builder(ExitCode.FAILED, "config.unset", typed + " is not set")
                        .why("no layer of the configuration says anything about it")
                        .fix("koine config set " + Shell.word(typed) + " VALUE").field(typed).toException());
        switch (context.globals().format()) {
            case JSON, JSONL -> context.out().json(Json.object().put("schema", "koine/setting.v1").put("key", typed)
                    .put("value", value).build());
            case TEXT, NAME, CURL -> context.out()
                    .line(Visible.of(value instanceof Json.Str(var text) ? text : TomlText.of(value)));
        }
        return ExitCode.OK;
    }

    static Optional<Json> at(Json value, List<String> key) {
        if (key.isEmpty()) {
            return Optional.of(value);
        }
        return value instanceof Json.Obj table
                ? table.get(key.getFirst()).flatMap(below -> at(below, key.subList(1, key.size())))
                : Optional.empty();
    }
}
