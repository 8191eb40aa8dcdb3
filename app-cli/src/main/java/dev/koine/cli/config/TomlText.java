package dev.koine.cli.config;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigKeys;
import java.util.List;
import java.util.stream.Collectors;

/** Values as the configuration file writes them. */
public final class TomlText {
    private TomlText() {}

    public static String of(Json value) {
        return switch (value) {
            case Json.Obj(var members) -> members.isEmpty() ? "{}" : members.entrySet().stream()
                    .map(member -> ConfigKeys.join(List.of(member.getKey())) + " = " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case Json.Arr(var items) -> items.stream().map(TomlText::of).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
