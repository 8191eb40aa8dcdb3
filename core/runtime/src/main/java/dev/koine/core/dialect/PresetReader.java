package dev.koine.core.dialect;

import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.Tag;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads presets from their tables. A table that cannot be understood becomes a problem and spoils no other. */
final class PresetReader {
    private static final long SCHEMA = 1;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    /** Keys that say something about the preset; all others are merged under the user's provider table. */
    private static final Set<String> META = Set.of("docs", "key-url", "key-env", "note", "source", "as-of", "match",
            "local", "detect", "start", "ask", "models");
    private static final Set<String> PROVIDER = Set.of("name", "base-url", "dialect", "auth", "api-version",
            "list-models", "headers", "query", "drop", "rename", "body", "quirks", "options");
    private static final Set<
            String> MODEL = Set.of("name", "tags", "capabilities", "context-window", "max-output", "input",
                    "note", "source", "as-of", "lifecycle");
    private static final Set<String> MATCH = Set.of("hosts", "path");
    private static final Set<String> DETECT = Set.of("ports", "get", "json", "body", "version");
    private static final Set<String> LIFECYCLE = Set.of("status", "on", "replacement", "source");
    private static final Set<String> STATUS = Set.of("active", "deprecated", "retired");

    private PresetReader() {}

    /** The preset tables of a file by id, not yet understood, and what is wrong with the file. */
    record Tables(Map<String, Json.Obj> tables, List<DialectProblem> problems) {}

    static Tables tables(PresetText file) {
        var document = ConfigDocument.parse(file.file(), file.text());
        if (!document.problems().isEmpty()) {
            var first = document.problems().getFirst();
            return new Tables(Map.of(), List.of(problem(file, file.owner(),
                    "its presets cannot be read: line " + first.line() + ": " + first.message())));
        }
        var root = document.toJson();
        if (!(root.get("schema-version").orElse(Json.NULL) instanceof Json.Num version)
                || version.asLong().orElse(0) != SCHEMA) {
            return new Tables(Map.of(), List.of(problem(file, file.owner(),
                    "its presets have no 'schema-version = " + SCHEMA + "', the only one that this Koine reads")));
        }
        var tables = new LinkedHashMap<String, Json.Obj>();
        var problems = new ArrayList<DialectProblem>();
        root.object("presets").orElse(Json.EMPTY).members().forEach((id, value) -> {
            if (!ID.matcher(id).matches()) {
                problems.add(problem(file, id, "'" + id + "' is no preset id: lower-case letters, digits, dashes"));
            } else if (ReservedIds.contains(id)) {
                problems.add(problem(file, id, "'" + id + "' is a name that Koine keeps for itself"));
            } else if (value instanceof Json.Obj table) {
                tables.put(id, table);
            } else {
                problems.add(problem(file, id, "presets." + id + " is no table"));
            }
        });
        return new Tables(tables, problems);
    }

    /**
     * Return the table of one preset, reading no other table of the file: reading all costs a cold start dearly.
     *
     * @return the table; empty when the file does not have it, or must be read whole to be sure
     */
    static Optional<Json.Obj> table(PresetText file, String id) {
        if (!ID.matcher(id).matches() || file.text().contains("\"\"\"") || file.text().contains("'''")) {
            return Optional.empty();
        }
        var part = new StringBuilder();
        boolean wanted = true;
        boolean found = false;
        for (String line : file.text().lines().toList()) {
            String start = line.stripLeading();
            if (start.startsWith("[presets.")) {
                wanted = start.startsWith(id + "]", 9) || start.startsWith(id + ".models.", 9);
                found |= wanted;
            }
            if (wanted) {
                part.append(line).append('\n');
            }
        }
        if (!found) {
            return Optional.empty();
        }
        var read = tables(new PresetText(file.owner(), file.file(), part.toString()));
        return read.problems().isEmpty() ? Optional.ofNullable(read.tables().get(id)) : Optional.empty();
    }

    /**
     * Understand one preset.
     *
     * @throws Unreadable if it is not as it must be
     */
    static Preset preset(String id, Json.Obj table, String owner) {
        var at = new At("presets." + id, table);
        for (String key : table.members().keySet()) {
            if (!META.contains(key) && !PROVIDER.contains(key)) {
                throw at.wrong("has an unknown key '" + key + "'");
            }
        }
        at.text("base-url");
        at.text("dialect");
        String asOf = at.day("as-of").orElseThrow(() -> at.wrong("has no 'as-of'"));
        boolean local = at.flag("local");
        var match = at.table("match", MATCH).map(inner -> {
            var hosts = inner.texts("hosts");
            if (hosts.isEmpty()) {
                throw inner.wrong("has no 'hosts'");
            }
            return new Preset.Match(hosts, inner.optional("path").orElse(""));
        });
        if (local && match.isPresent()) {
            throw at.wrong("is local and has a 'match'");
        }
        var detect = at.table("detect", DETECT).map(inner -> new Preset.Detect(inner.ports(), inner.text("get"),
                inner.optional("json"), inner.optional("body"), inner.optional("version")));
        var models = new ArrayList<PresetModel>();
        table.object("models").orElse(Json.EMPTY).members().forEach((model, value) -> {
            if (!(value instanceof Json.Obj inner)) {
                throw at.wrong("has a model '" + model + "' that is no table");
            }
            models.add(model(model, new At(at.where + ".models.\"" + model + "\"", inner), asOf));
        });
        var provider = table;
        for (String key : META) {
            provider = provider.without(key);
        }
        return new Preset(id, at.text("name"), provider, at.texts("key-env"), at.optional("key-url"),
                at.optional("docs"), at.texts("ask"), match, detect, at.optional("start"), local, models,
                at.optional("note"), at.text("source"), asOf, owner);
    }

    private static PresetModel model(String id, At at, String asOf) {
        at.only(MODEL);
        var tags = at.texts("tags").stream()
                .map(word -> Tag.of(word).orElseThrow(() -> at.wrong("has an unknown tag '" + word + "'"))).toList();
        var lifecycle = at.table("lifecycle", LIFECYCLE).map(inner -> {
            String status = inner.text("status");
            if (!STATUS.contains(status)) {
                throw inner.wrong("has a 'status' that is none of active, deprecated, retired");
            }
            return new Lifecycle(status, inner.day("on").map(LocalDate::parse), inner.optional("replacement"),
                    Optional.of(inner.text("source")));
        });
        return new PresetModel(id, at.optional("name"), tags, at.texts("capabilities"), at.tokens("context-window"),
                at.tokens("max-output"), at.texts("input"), at.optional("note"), lifecycle, at.text("source"),
                at.day("as-of").orElse(asOf));
    }

    static DialectProblem problem(PresetText file, String subject, String message) {
        return new DialectProblem(Kind.PRESET, subject, Optional.of(file.file()), message, Optional.empty());
    }

    /** Says what is wrong with a preset. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message, null, false, false);
        }

        String said() {
            return getMessage() + "";
        }
    }

    /** A table and where it stands. */
    private record At(String where, Json.Obj table) {

        Unreadable wrong(String what) {
            return new Unreadable(where + " " + what);
        }

        void only(Set<String> keys) {
            table.members().keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
                throw wrong("has an unknown key '" + key + "'");
            });
        }

        String text(String key) {
            return optional(key).orElseThrow(() -> wrong("has no '" + key + "'"));
        }

        Optional<String> optional(String key) {
            return table.get(key).map(value -> {
                if (value instanceof Json.Str(String text)) {
                    return text;
                }
                throw wrong("has a '" + key + "' that is no text");
            });
        }

        List<String> texts(String key) {
            if (table.get(key).isEmpty()) {
                return List.of();
            }
            if (!(table.get(key).get() instanceof Json.Arr(List<Json> items))) {
                throw wrong("has a '" + key + "' that is no list of texts");
            }
            return items.stream().map(item -> {
                if (item instanceof Json.Str(String text)) {
                    return text;
                }
                throw wrong("has a '" + key + "' that is no list of texts");
            }).toList();
        }

        OptionalLong tokens(String key) {
            return table.get(key).map(value -> {
                if (value instanceof Json.Num number && number.asLong().orElse(0) > 0) {
                    return number.asLong();
                }
                throw wrong("has a '" + key + "' that is no number of tokens");
            }).orElse(OptionalLong.empty());
        }

        List<Integer> ports() {
            var ports = table.list("ports").stream().map(item -> {
                long port = item instanceof Json.Num number ? number.asLong().orElse(0) : 0;
                if (port < 1 || port > 65535) {
                    throw wrong("has a port that is none: " + item);
                }
                return (int) port;
            }).toList();
            if (ports.isEmpty()) {
                throw wrong("has no 'ports'");
            }
            return ports;
        }

        boolean flag(String key) {
            return table.get(key).map(value -> {
                if (value instanceof Json.Bool(boolean flag)) {
                    return flag;
                }
                throw wrong("has a '" + key + "' that is neither true nor false");
            }).orElse(false);
        }

        Optional<String> day(String key) {
            return optional(key).map(text -> {
                try {
                    return LocalDate.parse(text).toString();
                } catch (DateTimeParseException e) {
                    throw wrong("has a '" + key + "' that is no day (YYYY-MM-DD): " + text);
                }
            });
        }

        Optional<At> table(String key, Set<String> keys) {
            return table.get(key).map(value -> {
                if (!(value instanceof Json.Obj inner)) {
                    throw wrong("has a '" + key + "' that is no table");
                }
                var at = new At(where + "." + key, inner);
                at.only(keys);
                return at;
            });
        }
    }
}
