package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.terminal.Near;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys and values as a person types them after {@code set}. */
public final class SettingEdit {
    private SettingEdit() {}

    /**
     * Return the key below {@code table} that was typed.
     *
     * @throws CliException if it is none
     */
    public static List<String> key(List<String> table, String typed) {
        // Below a provider or model the key is one of their own; read it in its place, so that a free name may hold dots.
        List<String> below;
        try {
            below = ConfigKeys.split(typed.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.usage(String.valueOf(e.getMessage())).why("a key is made of names with dots between them")
                    .fix("koine config schema          lists every setting").toException();
        }
        var key = new ArrayList<>(table);
        key.addAll(below);
        return List.copyOf(key);
    }

    /** Return a value by the type of its key; a key in place of a reference to one is refused without repeating it. */
    public static Json value(List<String> key, String typed) {
        Optional<Setting> setting = ConfigKeys.find(key);
        if (setting.filter(found -> found.type() == Setting.Type.SECRET).isPresent()) {
            KeyText.reference(typed.strip(),
                    key.size() > 1 && key.getFirst().equals("providers") ? key.get(1) : "PROVIDER");
        }
        return ConfigKeys.parse(key, typed);
    }

    /** Return the key, if Koine knows it. */
    public static List<String> known(List<String> key) {
        boolean table = List.of("", "providers", "aliases", "defaults", "plugins")
                .contains(key.size() == 1 ? key.getFirst() : "?")
                || key.getFirst().equals("providers") && (key.size() == 2 || key.size() > 2 && key.size() < 5
                        && key.get(2).equals("models"));
        boolean prefix = ConfigKeys.all().stream().anyMatch(setting -> beginsWith(setting.key(), key));
        if (table || prefix || ConfigKeys.find(key).isPresent()) {
            return key;
        }
        List<String> names = ConfigKeys.all().stream().filter(setting -> beginsWith(setting.key(), parent(key)))
                .map(setting -> setting.key().get(key.size() - 1)).distinct().toList();
        String wrong = key.getLast();
        var near = Near.to(wrong, names);
        String better = near.map(name -> ConfigKeys.join(with(parent(key), name))).orElse("");
        throw Problem.builder(ExitCode.CONFIG, "config.unknown-key", "there is no setting " + ConfigKeys.join(key))
                .why(near.map(name -> "did you mean " + better + "?").orElse("the schema has none of this name"))
                .fix("koine config schema          lists every setting").field(ConfigKeys.join(key)).toException();
    }

    private static List<String> parent(List<String> key) {
        return key.subList(0, key.size() - 1);
    }

    private static List<String> with(List<String> table, String name) {
        var key = new ArrayList<>(table);
        key.add(name);
        return key;
    }

    private static boolean beginsWith(List<String> pattern, List<String> key) {
        if (pattern.size() <= key.size() && !(pattern.size() == key.size() && matches(pattern, key))) {
            return false;
        }
        return matches(pattern.subList(0, key.size()), key);
    }

    private static boolean matches(List<String> pattern, List<String> key) {
        for (int i = 0; i < key.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(key.get(i))) {
                return false;
            }
        }
        return true;
    }
}
