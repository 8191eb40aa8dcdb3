package dev.koine.core.config;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Carries values between TOML and {@link Json}. Dates and what JSON cannot express become text. */
final class TomlJson {
    private TomlJson() {}

    static Json.Obj read(TomlTable table) {
        var members = new LinkedHashMap<String, Json>();
        table.entrySet().forEach(entry -> members.put(entry.getKey(), readValue(entry.getValue())));
        return new Json.Obj(members);
    }

    /** Tests one by one: the first pattern switch of a process costs more than reading a whole file. */
    static Json readValue(Object value) {
        if (value instanceof String text) {
            return Json.of(text);
        }
        if (value instanceof TomlTable table) {
            return read(table);
        }
        if (value instanceof Long number) {
            return Json.of((long) number);
        }
        if (value instanceof Boolean truth) {
            return Json.of((boolean) truth);
        }
        if (value instanceof TomlArray array) {
            var items = new ArrayList<Json>(array.size());
            array.toList().forEach(item -> items.add(readValue(item)));
            return Json.array(items);
        }
        return value instanceof Double number && Double.isFinite(number) ? Json.of((double) number)
                : Json.of(value.toString());
    }

    /**
     * Return a value for tomlj.
     *
     * @param hasHeader which keys are written as tables of their own; other tables are written inline
     */
    static Object write(List<String> key, Json value, Predicate<List<String>> hasHeader) {
        return switch (value) {
            case Json.Obj(var members) -> {
                var table = hasHeader.test(key) ? MutableTomlTable.create() : MutableTomlTable.createInline();
                members.forEach((name, member) -> {
                    var below = append(key, name);
                    table.set(List.of(name), write(below, member, hasHeader));
                });
                yield table;
            }
            case Json.Arr(var items) -> {
                var array = MutableTomlArray.create();
                items.forEach(item -> array.add(write(append(key, "*"), item, hasHeader)));
                yield array;
            }
            case Json.Str(var text) -> text;
            case Json.Bool(var truth) -> truth;
            case Json.Num number -> {
                var whole = number.literal().matches("-?[0-9]+") ? number.asLong() : OptionalLong.empty();
                yield whole.isPresent() ? (Object) whole.getAsLong() : Double.parseDouble(number.literal());
            }
            case Json.Null() -> throw new ConfigEditException("TOML has no null");
        };
    }

    static List<String> append(List<String> key, String name) {
        var longer = new ArrayList<>(key);
        longer.add(name);
        return List.copyOf(longer);
    }

    /** Return whether two values say the same; {@code 1.0} and {@code 1} do. */
    static boolean same(Json left, Json right) {
        if (left instanceof Json.Num(var a) && right instanceof Json.Num(var b)) {
            return a.equals(b) || Double.compare(Double.parseDouble(a), Double.parseDouble(b)) == 0;
        }
        if (left instanceof Json.Arr(var a) && right instanceof Json.Arr(var b)) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Json.Obj(var a) && right instanceof Json.Obj(var b)) {
            return a.keySet().equals(b.keySet()) && a.entrySet().stream().allMatch(member -> {
                var other = b.get(member.getKey());
                return other != null && same(member.getValue(), other);
            });
        }
        return left.equals(right);
    }
}
