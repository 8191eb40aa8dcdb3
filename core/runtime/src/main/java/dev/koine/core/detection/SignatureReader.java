package dev.koine.core.detection;

import dev.koine.api.Json;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.PresetText;
import dev.koine.spi.AuthStyle;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a file of detection data. A table that cannot be understood becomes a problem and spoils no other. */
final class SignatureReader {
    private static final long SCHEMA = 1;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern BASE = Pattern.compile("\\{(base|origin|parent)\\}(/[A-Za-z0-9._~-]+)*");
    private static final Set<String> SIGNATURE = Set.of("asked", "status", "type", "headers", "json", "lacks", "body",
            "empty", "verdict", "service", "dialect", "auth", "field", "says", "source", "as-of");
    private static final Set<String> ENDPOINT = Set.of("bases", "auth", "anywhere");
    private static final Set<String> ROOT = Set.of("schema-version", "endpoints", "signatures");

    private final PresetText file;
    private final List<DialectProblem> problems = new ArrayList<>();

    private SignatureReader(PresetText file) {
        this.file = file;
    }

    /** What a file says. */
    record Read(List<Whereabouts> endpoints, Map<Signature, Condition> signatures, List<DialectProblem> problems) {}

    static Read read(PresetText file) {
        return new SignatureReader(file).read();
    }

    private Read read() {
        var document = ConfigDocument.parse(file.file(), file.text());
        if (!document.problems().isEmpty()) {
            var first = document.problems().getFirst();
            return whole("it cannot be read: line " + first.line() + ": " + first.message());
        }
        var root = document.toJson();
        if (!(root.get("schema-version").orElse(Json.NULL) instanceof Json.Num version)
                || version.asLong().orElse(0) != SCHEMA) {
            return whole("it has no 'schema-version = " + SCHEMA + "', the only one that this Koine reads");
        }
        root.members().keySet().stream().filter(key -> !ROOT.contains(key))
                .forEach(key -> problem(key, "has no place here; there are endpoints and signatures"));
        var endpoints = new ArrayList<Whereabouts>();
        each(root, "endpoints", (id, table) -> endpoints.add(endpoint(id, table)));
        var signatures = new LinkedHashMap<Signature, Condition>();
        each(root, "signatures", (id, table) -> signatures.put(signature(id, table), condition(table)));
        return new Read(endpoints, signatures, problems);
    }

    private Read whole(String message) {
        return new Read(List.of(), Map.of(), List.of(new DialectProblem(DialectProblem.Kind.DETECTION, file.owner(),
                Optional.of(file.file()), "detection.toml of " + file.owner() + ": " + message, Optional.empty())));
    }

    private interface Entry {
        void accept(String id, Json.Obj table);
    }

    private void each(Json.Obj root, String name, Entry entry) {
        root.object(name).orElse(Json.EMPTY).members().forEach((id, value) -> {
            String where = name + "." + id;
            if (!ID.matcher(id).matches()) {
                problem(where, "is no id: lower-case letters, digits, dashes");
            } else if (value instanceof Json.Obj table) {
                try {
                    entry.accept(id, table);
                } catch (Unreadable e) {
                    problem(where, String.valueOf(e.getMessage()));
                }
            } else {
                problem(where, "is no table");
            }
        });
    }

    private void problem(String where, String what) {
        problems.add(new DialectProblem(DialectProblem.Kind.DETECTION, where, Optional.of(file.file()),
                "detection.toml of " + file.owner() + ": " + where + " " + what, Optional.empty()));
    }

    private static Whereabouts endpoint(String id, Json.Obj table) {
        only(table, ENDPOINT);
        var bases = texts(table, "bases");
        if (bases.isEmpty()) {
            throw new Unreadable("has no 'bases'");
        }
        bases.stream().filter(base -> !BASE.matcher(base).matches()).findFirst().ifPresent(base -> {
            throw new Unreadable("has a base '" + base + "' that does not begin with {base}, {parent} or {origin}");
        });
        return new Whereabouts(id, bases, texts(table, "auth").stream().map(SignatureReader::style).toList(),
                flag(table, "anywhere"));
    }

    private Signature signature(String id, Json.Obj table) {
        only(table, SIGNATURE);
        var verdict = text(table, "verdict").map(word -> Verdict.of(word)
                .orElseThrow(() -> new Unreadable("has an unknown verdict '" + word + "'")));
        var service = text(table, "service");
        var dialect = text(table, "dialect");
        var auth = text(table, "auth");
        auth.ifPresent(SignatureReader::style);
        if (verdict.isEmpty() && service.isEmpty() && dialect.isEmpty() && auth.isEmpty()) {
            throw new Unreadable("proves nothing: it has neither verdict nor service, dialect or auth");
        }
        String day = needed(table, "as-of");
        try {
            LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new Unreadable("has an 'as-of' that is no day (YYYY-MM-DD): " + day);
        }
        return new Signature(id, verdict, service, dialect, auth, text(table, "field"), needed(table, "says"),
                needed(table, "source"), day, file.owner());
    }

    private static Condition condition(Json.Obj table) {
        var asked = new LinkedHashSet<Asked>();
        for (String word : texts(table, "asked")) {
            asked.add(Asked.of(word).orElseThrow(() -> new Unreadable("has an unknown 'asked': " + word)));
        }
        var status = new LinkedHashSet<Integer>();
        for (Json item : list(table, "status")) {
            long code = item instanceof Json.Num number ? number.asLong().orElse(0) : 0;
            if (code < 100 || code > 599) {
                throw new Unreadable("has a status that is none: " + item);
            }
            status.add((int) code);
        }
        var headers = patterns(table, "headers", name -> name.toLowerCase(Locale.ROOT));
        var json = patterns(table, "json", SignatureReader::path);
        var condition = new Condition(asked, status, text(table, "type"), headers, json,
                texts(table, "lacks").stream().map(SignatureReader::path).toList(),
                text(table, "body").map(SignatureReader::pattern),
                flag(table, "empty"));
        if (condition.weight() == 0) {
            throw new Unreadable("would be proved by any answer: it has no condition");
        }
        return condition;
    }

    private static <K> Map<K, Pattern> patterns(Json.Obj table, String key, Function<String, K> name) {
        var patterns = new LinkedHashMap<K, Pattern>();
        var value = table.get(key).orElse(Json.EMPTY);
        if (!(value instanceof Json.Obj inner)) {
            throw new Unreadable("has '" + key + "' that is no table");
        }
        inner.members().keySet().forEach(member -> patterns.put(name.apply(member),
                pattern(text(inner, member).orElse(""))));
        return patterns;
    }

    private static JsonPath path(String written) {
        return JsonPath.of(written).orElseThrow(() -> new Unreadable("has no usable place '" + written + "'"));
    }

    private static Pattern pattern(String written) {
        try {
            return Pattern.compile(written, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new Unreadable("has a pattern that cannot be read: " + written + " (" + e.getDescription() + ")");
        }
    }

    private static AuthStyle style(String written) {
        return AuthStyle.parse(written)
                .orElseThrow(() -> new Unreadable("has an unknown way of a key '" + written + "'"));
    }

    private static void only(Json.Obj table, Set<String> keys) {
        table.members().keySet().stream().filter(key -> !keys.contains(key)).findFirst().ifPresent(key -> {
            throw new Unreadable("has an unknown key '" + key + "'");
        });
    }

    private static boolean flag(Json.Obj table, String key) {
        return table.get(key).map(value -> {
            if (value instanceof Json.Bool(boolean flag)) {
                return flag;
            }
            throw new Unreadable("has '" + key + "' that is neither true nor false");
        }).orElse(false);
    }

    private static String needed(Json.Obj table, String key) {
        return text(table, key).orElseThrow(() -> new Unreadable("has no '" + key + "'"));
    }

    private static Optional<String> text(Json.Obj table, String key) {
        return table.get(key).map(value -> {
            if (value instanceof Json.Str(String text)) {
                return text;
            }
            throw new Unreadable("has a '" + key + "' that is no text");
        });
    }

    private static List<String> texts(Json.Obj table, String key) {
        return list(table, key).stream().map(item -> {
            if (item instanceof Json.Str(String text)) {
                return text;
            }
            throw new Unreadable("has a '" + key + "' that is no list of texts");
        }).toList();
    }

    private static List<Json> list(Json.Obj table, String key) {
        return table.get(key).map(value -> {
            if (value instanceof Json.Arr(List<Json> items)) {
                return items;
            }
            throw new Unreadable("has a '" + key + "' that is no list");
        }).orElse(List.of());
    }

    /** Says what is wrong with a table. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
