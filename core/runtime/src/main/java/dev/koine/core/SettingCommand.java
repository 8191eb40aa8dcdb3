package dev.koine.core;

import dev.koine.api.Json;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.spi.Repair;
import java.util.ArrayList;
import java.util.List;

/** The command that makes a repair permanent, as a person would type it. */
final class SettingCommand {
    private SettingCommand() {}

    static String of(Selection selection, Repair repair) {
        var provider = selection.provider();
        var value = repair.value();
        if (repair.setting().equals("drop") && value instanceof Json.Arr(var names)) {
            var all = new ArrayList<Json>();
            List<String> known = repair.level() == Repair.Level.MODEL ? selection.model().settings().drop()
                    : provider.settings().drop();
            known.forEach(name -> all.add(Json.of(name)));
            all.addAll(names);
            value = new Json.Arr(all);
        }
        if (provider.from() != ProviderEntry.From.CONFIG) {
            return "koine providers add";
        }
        return switch (repair.level()) {
            case PROVIDER -> "koine providers set " + provider.id() + " " + repair.setting() + " " + quoted(value);
            case MODEL -> "koine models set " + selection.model().ref() + " " + repair.setting() + " " + quoted(value);
        };
    }

    private static String quoted(Json value) {
        return switch (value) {
            case Json.Str(var text) when text.matches("[A-Za-z0-9_.:/-]+") -> text;
            default -> "'" + value + "'";
        };
    }
}
