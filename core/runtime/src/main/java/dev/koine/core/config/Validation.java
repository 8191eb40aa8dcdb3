package dev.koine.core.config;

import dev.koine.api.Json;
import dev.koine.api.Tag;
import dev.koine.core.config.ConfigKeys.Node;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a layer against the declared keys. Finds every problem, not only the first. */
final class Validation {
    private static final String REFERENCES = "takes env:NAME, keyring:ID, file:PATH, command:CMD or none";

    private final Layer layer;
    private final Problems problems;

    private Validation(Layer layer) {
        this.layer = layer;
        problems = new Problems(List.of(layer));
    }

    /** Return the problems of a layer, syntax errors included. */
    static List<ConfigProblem> of(Layer layer) {
        var found = new ArrayList<ConfigProblem>();
        layer.document().ifPresent(document -> found.addAll(document.problems()));
        var validation = new Validation(layer);
        if (validation.isReadable()) {
            validation.table(ConfigKeys.node(List.of()).orElseThrow(), List.of(), layer.table());
        }
        found.addAll(validation.problems.found());
        found.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return found;
    }

    /** A newer format may mean anything by its keys: one problem is enough. */
    private boolean isReadable() {
        var key = List.of("schema-version");
        var version = Tables.integer(layer.table(), "schema-version");
        if (version.isPresent() && version.getAsLong() > ConfigKeys.SCHEMA_VERSION) {
            problems.atValue(key, "this file has format " + version.getAsLong() + ", and this Koine reads format "
                    + ConfigKeys.SCHEMA_VERSION, "", "use a newer Koine, or name another file with KOINE_CONFIG");
            return false;
        }
        return true;
    }

    private void table(Node node, List<String> key, Json value) {
        if (!(value instanceof Json.Obj(var members))) {
            String name = Keys.join(key);
            problems.atValue(key, name + " must be a table, not " + seen(value),
                    node.isKeyedById() ? "write [" + name + ".ID]" : "write [" + name + "]", "");
            return;
        }
        members.forEach((name, member) -> {
            var below = TomlJson.append(key, name);
            if (node.isKeyedById()) {
                id(key, name, below);
            }
            var child = node.child(name);
            if (child.isEmpty()) {
                unknown(node, name, below);
            } else if (child.get().setting().isPresent()) {
                setting(child.get().setting().get(), below, member);
            } else {
                table(child.get(), below, member);
            }
        });
    }

    private void unknown(Node node, String name, List<String> key) {
        String shown = Mask.words(name);
        var meant = Suggestion.of(name, node.names());
        String fix = layer.document().isEmpty() ? "unset " + layer.file()
                : meant.map(word -> "rename " + shown + " to " + word)
                        .orElse("koine config schema          lists every setting");
        problems.atKey(key, "unknown setting " + shown + meant.map(word -> "; did you mean " + word + "?").orElse(""),
                "",
                fix);
    }

    private void id(List<String> table, String name, List<String> key) {
        switch (table.getLast()) {
            case "providers" -> {
                if (!isWord(name, "-")) {
                    String better = slug(name);
                    problems.atKey(key,
                            "'" + name + "' cannot be a provider's id: lower-case letters, digits and dashes",
                            better.isEmpty() ? "" : "for example " + better,
                            "rename [providers." + Keys.join(List.of(name))
                                    + "]; a display name goes into name");
                }
            }
            case "aliases" -> {
                if (!isWord(name, "-._")) {
                    problems.atKey(key, "'" + name + "' cannot be an alias: lower-case letters, digits, - . and _", "",
                            "rename it");
                }
            }
            default -> {
                if (name.isBlank() || !name.equals(name.strip()) || hasControl(name)) {
                    problems.atKey(key,
                            "a model's id may not be empty, nor have blanks around it or control characters", "",
                            "write it as the service writes it");
                }
            }
        }
    }

    private void setting(Setting setting, List<String> key, Json value) {
        switch (setting.type()) {
            case TEXT -> text(setting, key, value);
            case INTEGER, NUMBER -> number(setting, key, value);
            case BOOLEAN -> {
                if (!(value instanceof Json.Bool)) {
                    wrongType(setting, key, value);
                }
            }
            case CHOICE -> text(setting, key, value).ifPresent(word -> choice(setting, key, word));
            case CHOICES, CAPABILITIES, TEXTS -> words(setting, key, value);
            case TEXT_TABLE -> textTable(setting, key, value);
            case OPEN_TABLE -> openTable(setting, key, value);
            case DURATION -> text(setting, key, value).filter(text -> Durations.parse(text).isEmpty())
                    .ifPresent(text -> wrongType(setting, key, value));
            case SECRET -> secret(setting, key, value);
            case MODEL -> text(setting, key, value).filter(text -> text.isBlank() || !text.equals(text.strip()))
                    .ifPresent(text -> problems.atValue(key, label(setting, key) + " names no model",
                            "write provider/model", ""));
            case BASE_URL -> text(setting, key, value).ifPresent(text -> baseUrl(key, text));
            case API_PATH -> text(setting, key, value).ifPresent(text -> apiPath(key, text));
            case AUTH -> text(setting, key, value).filter(text -> AuthStyle.parse(text).isEmpty())
                    .ifPresent(text -> problems.atValue(key, "auth cannot be " + quoted(text),
                            "auth takes bearer, none, header:NAME or query:NAME", set(key, "bearer")));
            case VERSION -> text(setting, key, value).filter(text -> !isVersion(text))
                    .ifPresent(text -> problems.atValue(key, "api-version cannot be " + quoted(text),
                            "a version looks like 2024-10-21", set(key, "2024-10-21")));
            case PROXY -> text(setting, key, value).ifPresent(text -> proxy(key, text));
            case WORD -> text(setting, key, value).filter(text -> !isWord(text, "-"))
                    .ifPresent(text -> problems.atValue(key, label(setting, key) + " cannot be " + quoted(text),
                            "write lower-case letters, digits and dashes", ""));
            case DATE -> text(setting, key, value).filter(text -> !isDate(text))
                    .ifPresent(text -> wrongType(setting, key, value));
        }
    }

    private Optional<String> text(Setting setting, List<String> key, Json value) {
        if (!(value instanceof Json.Str(var text))) {
            wrongType(setting, key, value);
            return Optional.empty();
        }
        if (setting.type() != Setting.Type.TEXT && hasControl(text)) {
            problems.atValue(key, label(setting, key) + " holds control characters", "", "");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private void number(Setting setting, List<String> key, Json value) {
        boolean whole = setting.type() == Setting.Type.INTEGER;
        if (!(value instanceof Json.Num number) || whole && number.asLong().isEmpty()) {
            wrongType(setting, key, value);
            return;
        }
        double given = number.asDouble().orElse(Double.MAX_VALUE);
        var fewest = ConfigKeys.fewest(setting);
        var most = ConfigKeys.most(setting);
        if (fewest.isPresent() && given < fewest.getAsInt() || most.isPresent() && given > most.getAsInt()) {
            String range = most.isEmpty() ? "at least " + fewest.orElse(0)
                    : "between " + fewest.orElse(0) + " and " + most.getAsInt();
            problems.atValue(key, label(setting, key) + " must be " + range + ", not " + number, "", "");
        }
    }

    private void choice(Setting setting, List<String> key, String word) {
        if (!setting.allowed().contains(word)) {
            var meant = Suggestion.of(word, setting.allowed());
            problems.atValue(key, label(setting, key) + " cannot be " + quoted(word)
                    + meant.map(better -> "; did you mean " + better + "?").orElse(""), oneOf(setting), "");
        }
    }

    private void words(Setting setting, List<String> key, Json value) {
        if (!(value instanceof Json.Arr(var items))) {
            wrongType(setting, key, value);
            return;
        }
        var before = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Json.Str(var word))) {
                problems.atElement(key, i, label(setting, key) + " must be " + setting.type().words() + ", and holds "
                        + seen(items.get(i)), "", "");
            } else if (!before.add(word)) {
                problems.atElement(key, i, quoted(word) + " stands twice in " + label(setting, key), "", "");
            } else if (setting.type() == Setting.Type.CHOICES && !setting.allowed().contains(word)) {
                var meant = Tag.of(word).map(Tag::id).or(() -> Suggestion.of(word, setting.allowed()));
                problems.atElement(key, i, "unknown tag " + quoted(word)
                        + meant.map(better -> "; did you mean " + better + "?").orElse(""), oneOf(setting), "");
            } else if (setting.type() == Setting.Type.CAPABILITIES && !isWord(word, "-")) {
                problems.atElement(key, i, quoted(word) + " is no capability",
                        "write a word in kebab case, such as tools or no-tools", "");
            }
        }
    }

    private void textTable(Setting setting, List<String> key, Json value) {
        if (!(value instanceof Json.Obj(var members))) {
            wrongType(setting, key, value);
            return;
        }
        members.forEach((name, member) -> {
            var below = TomlJson.append(key, name);
            if (!(member instanceof Json.Str(var text))) {
                problems.atValue(below, label(setting, key) + "." + name + " must be text, not " + seen(member), "",
                        "");
            } else if (hasControl(text) || name.isBlank() || hasControl(name)) {
                problems.atValue(below, label(setting, key) + " holds control characters", "", "");
            } else if (setting.name().equals("headers")) {
                header(key, below, name, text);
            } else if (setting.name().equals("query") && Mask.isSecretName(name)) {
                problems.atSecret(below, text, "a key does not belong into query",
                        "write api-key = \"keyring:" + provider(key) + "\" and auth = \"query:" + name + "\"",
                        "koine keys set " + provider(key));
            }
        });
    }

    private void header(List<String> key, List<String> below, String name, String text) {
        if (!name.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0)) {
            problems.atKey(below, "'" + name + "' is no name of a header", "", "");
        } else if (Mask.isSecretName(name)) {
            String style = name.equalsIgnoreCase("authorization") ? "" : " and auth = \"header:" + name + "\"";
            problems.atSecret(below, text, "a key does not belong into headers",
                    "write api-key = \"keyring:" + provider(key) + "\"" + style, "koine keys set " + provider(key));
        }
    }

    private void openTable(Setting setting, List<String> key, Json value) {
        if (!(value instanceof Json.Obj(var members))) {
            wrongType(setting, key, value);
        } else if (setting.name().equals("quirks")) {
            members.keySet().stream().filter(name -> !isWord(name, "-")).forEach(name -> problems.atKey(
                    TomlJson.append(key, name), "'" + name + "' is no name of a quirk", "names are in kebab case", ""));
        }
    }

    private void secret(Setting setting, List<String> key, Json value) {
        var given = text(setting, key, value);
        if (given.isEmpty()) {
            return;
        }
        String text = given.get();
        String name = label(setting, key);
        String fix = key.getFirst().equals("providers") ? "koine keys set " + provider(key)
                : "keep it elsewhere and write where, such as env:NAME";
        if (text.isEmpty()) {
            problems.atValue(key, name + " is empty", name + " " + REFERENCES, fix);
        } else if (!isWellFormed(text)) {
            String leaked = fix + "      (and consider the key leaked if this file was ever shared)";
            switch (text.substring(0, text.indexOf(':') + 1)) {
                case "env:" -> problems.atSecret(key, text, "env: takes the name of a variable: letters, digits and _",
                        name + " " + REFERENCES, fix);
                case "keyring:" -> problems.atSecret(key, text, "keyring: takes the id of a stored key, without blanks",
                        name + " " + REFERENCES, fix);
                case "file:",
                        "command:" -> problems.atSecret(key, text, text.strip() + " names nothing",
                                name + " " + REFERENCES,
                                fix);
                default -> problems.atSecret(key, text, "this looks like a key, not a reference to one",
                        name + " " + REFERENCES, leaked);
            }
        }
    }

    static boolean isWellFormed(String reference) {
        if (reference.equals("none")) {
            return true;
        }
        int colon = reference.indexOf(':');
        String rest = reference.substring(colon + 1);
        return switch (colon < 0 ? "" : reference.substring(0, colon)) {
            case "env" -> !rest.isEmpty() && !Mask.beginsLikeKey(rest) && !Character.isDigit(rest.charAt(0))
                    && rest.chars().allMatch(
                            c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_');
            case "keyring" -> !rest.isEmpty() && !Mask.beginsLikeKey(rest)
                    && rest.chars().noneMatch(Character::isWhitespace);
            case "file", "command" -> !rest.isBlank();
            default -> false;
        };
    }

    private void baseUrl(List<String> key, String text) {
        var secret = secretParameter(text);
        if (secret.isPresent() || holdsKey(text)) {
            problems.atValue(key, "a key does not belong into base-url", secret.map(name -> "write api-key = \"keyring:"
                    + provider(key) + "\" and auth = \"query:" + name + "\"")
                    .orElse("a word of its path looks like a key"),
                    "koine keys set " + provider(key));
            return;
        }
        try {
            BaseUrl.parse(text.replace("{resource}", "resource").replace("{deployment}", "deployment"));
        } catch (ConfigurationException e) {
            problems.atValue(key, Mask.words(String.valueOf(e.getMessage())), "", set(key, "https://HOST/v1"));
        }
    }

    private static Optional<String> secretParameter(String url) {
        int question = url.indexOf('?');
        return question < 0 ? Optional.empty() : Arrays.stream(url.substring(question + 1).split("&"))
                .filter(pair -> pair.indexOf('=') > 0).map(pair -> pair.substring(0, pair.indexOf('=')))
                .filter(Mask::isSecretName).findFirst();
    }

    /** Return whether a key stands in the query or the path of an address. */
    static boolean holdsKey(String url) {
        return secretParameter(url).isPresent() || Arrays.stream(url.split("[/?#]")).anyMatch(Mask::isKeyInPath);
    }

    private void apiPath(List<String> key, String text) {
        if (text.isEmpty() || text.equals("/")) {
            problems.atValue(key, "api-path only names another prefix than /v1",
                    "for none, write dialect = \"openai-bare\"",
                    "koine config set providers." + provider(key) + ".dialect openai-bare");
        } else if (!text.startsWith("/") || text.indexOf(' ') >= 0 || text.indexOf('?') >= 0
                || text.indexOf('#') >= 0) {
            problems.atValue(key, "api-path must be a path that begins with /, not " + quoted(text), "",
                    set(key, "/v2"));
        }
    }

    private void proxy(List<String> key, String text) {
        if (text.equals("direct")) {
            return;
        }
        if (!text.startsWith("http://") && !text.startsWith("https://") && !text.startsWith("socks5://")) {
            problems.atValue(key, "proxy cannot be " + quoted(text),
                    "write http://host:port, https://host:port, socks5://host:port or direct",
                    set(key, "http://HOST:PORT"));
        } else if (text.indexOf('@') >= 0) {
            problems.atValue(key, "a user name or password does not belong into this file",
                    "proxy-auth names where USER:PASSWORD is", "koine config set providers." + provider(key)
                            + ".proxy-auth env:NAME");
        }
    }

    private void wrongType(Setting setting, List<String> key, Json value) {
        problems.atValue(key, label(setting, key) + " must be " + setting.type().words() + ", not " + seen(value),
                hint(setting, value), "");
    }

    private static String hint(Setting setting, Json value) {
        return switch (setting.type()) {
            case DURATION -> "a duration is digits and a unit: ms, s, m, h or d"
                    + (value instanceof Json.Num number && number.asLong().isPresent() ? ", such as \"" + number + "s\""
                            : "");
            case TEXTS, CHOICES,
                    CAPABILITIES -> value instanceof Json.Str(var text) ? "write [" + quoted(text) + "]" : "";
            default -> "";
        };
    }

    private static String seen(Json value) {
        return switch (value) {
            case Json.Str(var text) -> text.isEmpty() ? "an empty text" : quoted(text);
            case Json.Num number -> "the number " + number;
            case Json.Bool(var truth) -> String.valueOf(truth);
            case Json.Arr ignored -> "a list";
            case Json.Obj ignored -> "a table";
            case Json.Null() -> "nothing";
        };
    }

    private static String quoted(String text) {
        String shown = Mask.words(text);
        return '"' + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown) + '"';
    }

    private static String oneOf(Setting setting) {
        return setting.allowed().size() == 1 ? "write " + setting.allowed().getFirst()
                : setting.allowed().stream().limit(setting.allowed().size() - 1L)
                        .collect(Collectors.joining(", ", "one of ", ""))
                        + " or " + setting.allowed().getLast();
    }

    /** Return the key as its table's reader sees it: without the provider's and the model's id. */
    private static String label(Setting setting, List<String> key) {
        int ids = setting.key().lastIndexOf("*") + 1;
        return ids == key.size() ? Keys.join(key) : String.join(".", setting.key().subList(ids, setting.key().size()));
    }

    private static String provider(List<String> key) {
        return key.size() > 1 ? key.get(1) : "";
    }

    private static String set(List<String> key, String value) {
        return "koine config set " + Keys.join(key) + " " + value;
    }

    static boolean isWord(String text, String marks) {
        return !text.isEmpty() && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || marks.indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** Return an id made of a name: {@code My AI Service} gives {@code my-ai-service}; may be empty. */
    static String slug(String name) {
        var out = new StringBuilder();
        name.toLowerCase(Locale.ROOT).chars().forEach(c -> {
            if (isLetterOrDigit(c)) {
                out.append((char) c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
                out.append('-');
            }
        });
        while (!out.isEmpty() && out.charAt(out.length() - 1) == '-') {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    private static boolean isVersion(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> isLetterOrDigit(Character.toLowerCase(c)) || ".-_".indexOf(c) >= 0);
    }

    private static boolean isDate(String text) {
        try {
            return !LocalDate.parse(text).equals(LocalDate.MAX);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
