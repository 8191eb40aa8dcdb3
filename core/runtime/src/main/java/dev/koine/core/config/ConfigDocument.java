package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * A TOML text with positions. Immutable: an edit gives a new document, in which every byte that the edit does not concern
 * is as it was: comments, alignment, line ends. After each edit the text is parsed again and compared.
 */
public final class ConfigDocument {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final String text;
    private final TomlParseResult parsed;
    private final Json.Obj content;

    private ConfigDocument(Path file, String text) {
        this.file = requireNonNull(file, "file is null");
        this.text = text;
        parsed = parsed(body(text));
        content = TomlJson.read(parsed);
    }

    /** tomlj keeps the source for edits, and asserts too much of some broken texts; without the source it reads those too. */
    private static TomlParseResult parsed(String text) {
        try {
            return Toml.parse(text);
        } catch (IllegalStateException | AssertionError e) {
            return Toml.parse(text, TomlParseOptions.sourceless());
        }
    }

    /** Read a document. Never fails: syntax errors become {@link #problems()}. */
    public static ConfigDocument parse(Path file, String text) {
        return new ConfigDocument(file, text);
    }

    /** Return the syntax errors, in the order of lines; empty when the text is TOML. */
    public List<ConfigProblem> problems() {
        var problems = new ArrayList<ConfigProblem>();
        for (TomlParseError error : parsed.errors()) {
            var spot = spot(error.position(), 1);
            problems.add(ConfigProblem.builder(ConfigProblem.Severity.ERROR, file, Mask.words(plain(error)))
                    .at(spot.line(), spot.column(), 1, Mask.line(spot.sourceLine()))
                    .build());
        }
        return problems;
    }

    /** Return the file. */
    public Path file() {
        return file;
    }

    /** Return the text. */
    public String text() {
        return text;
    }

    /** Return the content; what a syntax error spoils is missing. Dates are text. */
    public Json.Obj toJson() {
        return content;
    }

    /** Return the value at a key, or empty. */
    public Optional<Json> get(List<String> key) {
        Json value = content;
        for (String part : key) {
            var below = value instanceof Json.Obj table ? table.members().get(part) : null;
            if (below == null) {
                return Optional.empty();
            }
            value = below;
        }
        return Optional.of(value);
    }

    /** Return where a key and its value stand, or empty when there is no such key. */
    public Optional<Position> positionOf(List<String> key) {
        TomlPosition at = key.isEmpty() || get(key).isEmpty() ? null : parsed.inputPositionOf(key);
        if (at == null) {
            return Optional.empty();
        }
        var keySpot = keySpot(at);
        var entry = parsed.entry(key);
        boolean isHeader = keySpot.sourceLine().startsWith("[", keySpot.column() - 1);
        if (entry == null || isHeader || entry.value().position() == null) {
            return Optional.of(new Position(keySpot, keySpot));
        }
        return Optional.of(new Position(keySpot, valueSpot(entry.value().position())));
    }

    /** Return where an element of an array stands, or empty. */
    Optional<Spot> positionOf(List<String> key, int index) {
        if (get(key).isEmpty() || !parsed.isArray(key)) {
            return Optional.empty();
        }
        var array = parsed.getArray(key);
        return Optional.ofNullable(array == null || index >= array.size() ? null : array.inputPositionOf(index))
                .map(this::valueSpot);
    }

    /**
     * Return a copy in which {@code key} has {@code value}. Tables on the way are made where they are missing.
     *
     * @throws ConfigEditException if the text is no TOML, if something on the way is no table, or if the edit would
     *     change anything else
     */
    public ConfigDocument with(List<String> key, Json value) {
        if (get(key).filter(old -> TomlJson.same(old, value)).isPresent()) {
            return this;
        }
        var target = key;
        var wrapped = value;
        // A missing small table, such as timeout, is written in one line: timeout = { connect = "5s" }.
        while (target.size() > 1 && !hasHeader(parent(target)) && get(parent(target)).isEmpty()) {
            wrapped = Json.object().put(target.getLast(), wrapped).build();
            target = parent(target);
        }
        var at = target;
        var put = wrapped;
        boolean severalLines = get(key).filter(old -> old instanceof Json.Obj || old instanceof Json.Arr).isPresent();
        int oldLines = severalLines ? Integer.MAX_VALUE : 1;
        return edited(set(content, key, value), oldLines, Integer.MAX_VALUE,
                table -> table.set(at, TomlJson.write(at, put, ConfigDocument::hasHeader)), key);
    }

    /**
     * Return a copy without {@code key} and all that is below it.
     *
     * @throws ConfigEditException if the text is no TOML, or if the edit would change anything else
     */
    public ConfigDocument without(List<String> key) {
        if (get(key).isEmpty()) {
            return this;
        }
        return edited(unset(content, key), Integer.MAX_VALUE, 1, table -> table.remove(key), key);
    }

    private interface Edit {
        void apply(TomlParseResult table);
    }

    private ConfigDocument edited(Json.Obj wanted, int mostRemoved, int mostAdded, Edit edit, List<String> key) {
        String name = Keys.join(key);
        if (parsed.hasErrors()) {
            throw new ConfigEditException(file + " is not valid TOML, so it is left as it is");
        }
        var copy = Toml.parse(body(text));
        String result;
        try {
            edit.apply(copy);
            result = copy.toToml();
        } catch (RuntimeException e) {
            throw new ConfigEditException("cannot set " + name + ": " + Mask.words(String.valueOf(e.getMessage())), e);
        }
        var after = new ConfigDocument(file, text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + result : result);
        var lines = Lines.between(body(text), result);
        if (after.parsed.hasErrors() || !sameIgnoringEmpty(after.content, wanted)
                || lines.removed().size() > mostRemoved || lines.added().size() > mostAdded) {
            throw new ConfigEditException("changing " + name + " in " + file
                    + " would change something else too, so the file is left as it is; please edit it by hand");
        }
        return after;
    }

    /** Tables that only stood in the way to a removed key may be gone with it. */
    private static boolean sameIgnoringEmpty(Json.Obj left, Json.Obj right) {
        return TomlJson.same(pruned(left), pruned(right));
    }

    private static Json.Obj pruned(Json.Obj table) {
        var out = table;
        for (var member : table.members().entrySet()) {
            if (member.getValue() instanceof Json.Obj inner) {
                var small = pruned(inner);
                out = small.isEmpty() ? out.without(member.getKey()) : out.with(member.getKey(), small);
            }
        }
        return out;
    }

    private static Json.Obj set(Json.Obj table, List<String> key, Json value) {
        String name = key.getFirst();
        if (key.size() == 1) {
            return table.with(name, value);
        }
        var inner = table.object(name).orElse(Json.EMPTY);
        return table.with(name, set(inner, key.subList(1, key.size()), value));
    }

    private static Json.Obj unset(Json.Obj table, List<String> key) {
        String name = key.getFirst();
        return key.size() == 1 ? table.without(name)
                : table.object(name).map(inner -> table.with(name, unset(inner, key.subList(1, key.size()))))
                        .orElse(table);
    }

    /** Return whether the table at {@code key} is written under a header of its own: sections, providers, models. */
    private static boolean hasHeader(List<String> key) {
        boolean listed = key.getFirst().equals("providers") || key.getFirst().equals("presets");
        return switch (key.size()) {
            case 1 -> true;
            case 2 -> listed;
            case 3, 4 -> listed && key.get(2).equals("models");
            default -> false;
        };
    }

    private static List<String> parent(List<String> key) {
        return key.subList(0, key.size() - 1);
    }

    private static String body(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static String plain(TomlParseError error) {
        String message = String.valueOf(error.getMessage());
        return message.isEmpty() ? "not TOML" : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private Spot keySpot(TomlPosition at) {
        String line = sourceLine(at.line());
        int from = Math.min(at.column() - 1, line.length());
        int end = from;
        boolean header = line.startsWith("[", from);
        char quote = 0;
        while (end < line.length()) {
            char c = line.charAt(end);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (header && c == ']') {
                end++;
                break;
            } else if (!header && (c == '=' || c == ' ' || c == '\t')) {
                break;
            }
            end++;
        }
        return new Spot(at.line(), at.column(), Math.max(1, end - from), line);
    }

    private Spot valueSpot(TomlPosition at) {
        String line = sourceLine(at.line());
        int from = Math.min(at.column() - 1, line.length());
        int end = from;
        char first = from < line.length() ? line.charAt(from) : ' ';
        if (first == '"' || first == '\'') {
            end++;
            while (end < line.length() && line.charAt(end) != first) {
                end += first == '"' && line.charAt(end) == '\\' ? 2 : 1;
            }
            end++;
        } else {
            String stops = first == '[' ? "]#" : first == '{' ? "}#" : ",]}# \t";
            while (end < line.length() && stops.indexOf(line.charAt(end)) < 0) {
                end++;
            }
            end += (first == '[' || first == '{') && end < line.length() && line.charAt(end) != '#' ? 1 : 0;
        }
        return new Spot(at.line(), at.column(), Math.max(1, Math.min(end, line.length()) - from), line);
    }

    private Spot spot(TomlPosition at, int length) {
        return new Spot(at.line(), at.column(), length, sourceLine(at.line()));
    }

    private String sourceLine(int number) {
        return body(text).lines().skip(Math.max(0, number - 1L)).findFirst().orElse("");
    }

    /**
     * Where a key and its value stand; both are the header where a table has one.
     *
     * @param key the key
     * @param value the value
     */
    public record Position(Spot key, Spot value) {
        public Position {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }

    /**
     * A place in the text.
     *
     * @param line the line, from 1
     * @param column the column, from 1, in UTF-16 code units
     * @param length how many code units of the line belong to it
     * @param sourceLine the line's text; may hold a secret
     */
    public record Spot(int line, int column, int length, String sourceLine) {
        public Spot {
            requireNonNull(sourceLine, "sourceLine is null");
        }
    }
}
