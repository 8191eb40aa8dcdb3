package dev.koine.core;

import dev.koine.api.Json;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.spi.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command that makes a repair permanent, as a person would type it. */
final class SettingCommand {
    private SettingCommand() {}

    /** Return the command; empty where nothing is saved that could be set. */
    static Optional<String> of(Selection selection, Repair repair) {
        var provider = selection.provider();
        if (provider.from() != ProviderEntry.From.CONFIG) {
            return Optional.empty();
        }
        var value = repair.value();
        if (repair.setting().equals("drop") && value instanceof Json.Arr(var names)) {
            var all = new ArrayList<Json>();
            List<String> known = repair.level() == Repair.Level.MODEL ? selection.model().settings().drop()
                    : provider.settings().drop();
            known.forEach(name -> all.add(Json.of(name)));
            all.addAll(names);
            value = new Json.Arr(all);
        }
        if (repair.setting().equals("rename") && value instanceof Json.Obj names) {
            value = selection.model().settings().table().object("rename")
                    .filter(known -> repair.level() == Repair.Level.MODEL)
                    .or(() -> provider.settings().table().object("rename")
                            .filter(known -> repair.level() == Repair.Level.PROVIDER))
                    .orElse(Json.EMPTY).mergedWith(names);
        }
        return Optional.of(switch (repair.level()) {
            case PROVIDER -> "koine providers set " + provider.id() + " " + repair.setting() + " " + quoted(value);
            case MODEL -> "koine models set " + selection.model().ref() + " " + repair.setting() + " " + quoted(value);
        });
    }

    private static String quoted(Json value) {
        return switch (value) {
            case Json.Str(var text) when text.matches("[A-Za-z0-9_.:/-]+") -> text;
            default -> "'" + value.toString().replace("'", "'\\''") + "'";
        };
    }
}
