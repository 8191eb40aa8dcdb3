package dev.koine.core.config;

import static dev.koine.core.config.Setting.Type.API_PATH;
import static dev.koine.core.config.Setting.Type.AUTH;
import static dev.koine.core.config.Setting.Type.BASE_URL;
import static dev.koine.core.config.Setting.Type.BOOLEAN;
import static dev.koine.core.config.Setting.Type.CAPABILITIES;
import static dev.koine.core.config.Setting.Type.CHOICE;
import static dev.koine.core.config.Setting.Type.CHOICES;
import static dev.koine.core.config.Setting.Type.DATE;
import static dev.koine.core.config.Setting.Type.DURATION;
import static dev.koine.core.config.Setting.Type.INTEGER;
import static dev.koine.core.config.Setting.Type.MODEL;
import static dev.koine.core.config.Setting.Type.NUMBER;
import static dev.koine.core.config.Setting.Type.OPEN_TABLE;
import static dev.koine.core.config.Setting.Type.PROXY;
import static dev.koine.core.config.Setting.Type.SECRET;
import static dev.koine.core.config.Setting.Type.TEXT;
import static dev.koine.core.config.Setting.Type.TEXTS;
import static dev.koine.core.config.Setting.Type.TEXT_TABLE;
import static dev.koine.core.config.Setting.Type.VERSION;
import static dev.koine.core.config.Setting.Type.WORD;

import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.tomlj.Toml;
import org.tomlj.TomlValue;

/**
 * Every key of the configuration file, declared in one place: validation, did-you-mean, {@code config set} and the test of
 * the JSON Schema read it here.
 */
public final class ConfigKeys {
    /** The format of the configuration file that this Koine writes, and the newest that it reads. */
    public static final int SCHEMA_VERSION = 1;

    private static final String ANY = "*";
    private static final List<Setting> ALL = declare();
    private static final Node ROOT = tree();

    private ConfigKeys() {}

    private static List<Setting> declare() {
        var all = new ArrayList<Setting>();
        add(all, "schema-version", INTEGER, "Format of this file. A newer one than Koine knows is refused.", "1",
                "9999");
        add(all, "default-model", MODEL, "Model that is used where none is named: provider/model.");
        add(all, "confirm-heavy", BOOLEAN, "Whether a model that you tagged heavy is asked only after a yes (or -y).");
        add(all, "refuse-too-long", BOOLEAN,
                "Whether a prompt that is estimated to be longer than the context window is refused in place of a warning.");
        parameters(all);
        add(all, "aliases.*", MODEL, "A short name for a model.");
        provider(all);
        model(all);
        add(all, "plugins.path", TEXTS, "Folders searched for plugins beside the usual ones.");
        add(all, "plugins.policy", CHOICE,
                "Which plugins may run: trusted ones (require), all with a notice (warn), or none (off).",
                "require", "warn", "off");
        add(all, "keys.store", WORD,
                "Where new keys are put: auto (the system's keyring, else a file), file, secret-tool, "
                        + "or a helper's name.");
        add(all, "keys.max-age", DURATION,
                "Age from which `koine keys list` and `koine doctor` advise to rotate a key.");
        later(all);
        return Collections.unmodifiableList(all);
    }

    private static void parameters(List<Setting> all) {
        add(all, "defaults.stream", BOOLEAN, "Whether answers are streamed.");
        add(all, "defaults.temperature", NUMBER, "Sampling temperature.", "0", "2");
        add(all, "defaults.top-p", NUMBER, "Nucleus sampling limit.", "0", "1");
        add(all, "defaults.max-tokens", INTEGER, "Most tokens of an answer.", "1", "");
        add(all, "defaults.seed", INTEGER, "Seed for repeatable sampling, where the service has it.");
        add(all, "defaults.system", TEXT, "System message.");
        limits(all, "defaults.");
    }

    private static void limits(List<Setting> all, String at) {
        add(all, at + "timeout.connect", DURATION, "Limit until a connection stands.");
        add(all, at + "timeout.first-token", DURATION, "Limit until the first token comes.");
        add(all, at + "timeout.idle", DURATION, "Limit between two tokens.");
        add(all, at + "timeout.total", DURATION, "Limit for the whole answer.");
        add(all, at + "retries.max-attempts", INTEGER, "Most requests for one question; 1 repeats nothing.", "1", "10");
        add(all, at + "retries.max-wait", DURATION, "Longest wait between two requests.");
        add(all, at + "retries.respect-retry-after", BOOLEAN, "Whether a wait that the service asks for is honoured.");
    }

    private static void provider(List<Setting> all) {
        String at = "providers.*.";
        add(all, at + "preset", TEXT, "Id of a preset; everything else here overrides it.");
        add(all, at + "name", TEXT, "Display name.");
        add(all, at + "enabled", BOOLEAN, "Whether the provider may be used.");
        add(all, at + "dialect", TEXT, "openai, openai-bare, azure, or the id that a plugin provides.");
        add(all, at + "base-url", BASE_URL, "Base URL, with or without /v1; both spellings give the same requests.");
        add(all, at + "api-path", API_PATH,
                "Put between base-url and the operation; /v1 where nothing says otherwise.");
        add(all, at + "api-key", SECRET, "Where the key is: env:NAME, keyring:ID, file:PATH, command:CMD or none.");
        add(all, at + "auth", AUTH, "How the key travels: bearer, none, header:NAME or query:NAME.");
        add(all, at + "headers", TEXT_TABLE, "Headers that go with every request; never a key.");
        add(all, at + "query", TEXT_TABLE, "Query parameters that go with every request; never a key.");
        add(all, at + "resource", TEXT, "Fills {resource} in the base URL.");
        add(all, at + "deployment", TEXT, "Deployment for models that name none.");
        add(all, at + "api-version", VERSION, "Version of the service's interface, such as 2024-10-21.");
        add(all, at + "default-model", TEXT, "Model id that is used where only the provider is named.");
        limits(all, at);
        add(all, at + "limits.requests-per-minute", INTEGER, "Reserved: most requests in a minute.", "1", "");
        add(all, at + "limits.tokens-per-minute", INTEGER, "Reserved: most tokens in a minute.", "1", "");
        add(all, at + "limits.concurrent", INTEGER, "Reserved: most requests at a time.", "1", "");
        add(all, at + "proxy", PROXY,
                "Proxy: http://host:port, https://host:port, socks5://host:port, or direct for none.");
        add(all, at + "proxy-auth", SECRET,
                "Where the proxy's login is, USER:PASSWORD: env:NAME, file:PATH or command:CMD.");
        add(all, at + "tls.ca-file", TEXT, "File of certificates (PEM) that are trusted beside the usual ones.");
        add(all, at + "tls.client-cert", TEXT,
                "Certificate (PEM) that this side shows, or certificate and key (PKCS #12).");
        add(all, at + "tls.client-key", TEXT, "File of the private key (PEM) of client-cert.");
        add(all, at + "tls.client-password", SECRET, "Where the password of the private key is, as api-key says it.");
        add(all, at + "tls.insecure", BOOLEAN, "Check no certificate at all.");
        add(all, at + "allow-http", BOOLEAN, "Send the key over plain http to a host that is not this machine.");
        add(all, at + "drop", TEXTS, "Request fields that are left out.");
        add(all, at + "rename", TEXT_TABLE, "Request fields that are sent under another name.");
        add(all, at + "body", OPEN_TABLE, "Merged into the body of every request.");
        add(all, at + "options", OPEN_TABLE, "Settings of the dialect, checked by the dialect.");
        add(all, at + "quirks", OPEN_TABLE, "Peculiarities of the endpoint, read by the dialect.");
        add(all, at + "list-models", BOOLEAN, "Whether the endpoint has GET /models.");
        add(all, at + "notes", TEXT, "Your own notes.");
    }

    private static void model(List<Setting> all) {
        String at = "providers.*.models.*.";
        add(all, at + "name", TEXT, "Display name.");
        add(all, at + "enabled", BOOLEAN, "Whether the model may be used.");
        add(all, at + "tags", CHOICES, "How you mean to use it. Hints of your own, no promise of the service.",
                "sandbox",
                "free", "main", "heavy", "unknown");
        add(all, at + "context-window", INTEGER, "Most tokens of request and answer together.", "1", "");
        add(all, at + "max-output", INTEGER, "Most tokens of an answer.", "1", "");
        add(all, at + "capabilities", CAPABILITIES, "What it can do: tools, vision, json, reasoning, audio, logprobs, "
                + "embeddings or any kebab-case word; no-tools states a lack.");
        add(all, at + "input", CHOICES, "Kinds of input that it takes, all of them.", "text", "image", "audio", "video",
                "file");
        add(all, at + "deployment", TEXT, "Deployment that serves it; the model id where nothing says otherwise.");
        add(all, at + "aliases", TEXTS, "Further ids under which you ask for it.");
        add(all, at + "params", OPEN_TABLE, "Request parameters for this model, in kebab case.");
        add(all, at + "body", OPEN_TABLE, "Merged into the body of every request for this model.");
        add(all, at + "drop", TEXTS, "Request fields that are left out.");
        add(all, at + "rename", TEXT_TABLE, "Request fields that are sent under another name.");
        add(all, at + "quirks", OPEN_TABLE, "Peculiarities of the model, read by the dialect.");
        add(all, at + "price.input", NUMBER, "Price of a million tokens of request.", "0", "");
        add(all, at + "price.output", NUMBER, "Price of a million tokens of answer.", "0", "");
        add(all, at + "price.cached-input", NUMBER, "Price of a million tokens of request from a cache.", "0", "");
        add(all, at + "price.currency", TEXT, "Code of the currency (ISO 4217).");
        add(all, at + "price.per", CHOICE, "What the prices are for.", "1M");
        add(all, at + "lifecycle.status", CHOICE, "State of the model.", "active", "deprecated", "retired");
        add(all, at + "lifecycle.on", DATE, "Day on which the state begins.");
        add(all, at + "lifecycle.replacement", TEXT, "Model that the service names instead.");
        add(all, at + "lifecycle.source", TEXT, "Where the notice comes from.");
        add(all, at + "notes", TEXT, "Your own notes.");
    }

    /** Keys that are understood, so that a file may hold them, and read by commands that are not there yet. */
    private static void later(List<Setting> all) {
        add(all, "history.enabled", BOOLEAN, "Reserved: keep conversations.");
        add(all, "history.retention-days", INTEGER, "Reserved: days that conversations are kept; 0 keeps everything.",
                "0",
                "");
        add(all, "history.dir", TEXT, "Reserved: directory of conversations.");
        add(all, "serve.host", TEXT, "Reserved: address that the gateway listens at.");
        add(all, "serve.port", INTEGER, "Reserved: port that the gateway listens at.", "0", "65535");
        add(all, "serve.token", SECRET, "Reserved: where the token is that the gateway's callers must send.");
        add(all, "serve.cors-origins", TEXTS, "Reserved: origins whose pages may call the gateway.");
        add(all, "serve.ui", BOOLEAN, "Reserved: offer the web page.");
        add(all, "discovery.enabled", BOOLEAN, "Reserved: look for servers on this machine.");
        add(all, "discovery.timeout", DURATION, "Reserved: limit of the search.");
        add(all, "discovery.hosts", TEXTS, "Reserved: further hosts of the search.");
        add(all, "ui.color", CHOICE, "Reserved: when to use colour.", "auto", "always", "never");
        add(all, "ui.markdown", CHOICE, "Reserved: when to render Markdown.", "auto", "always", "never");
        add(all, "ui.pager", TEXT, "Reserved: command that shows long output.");
        add(all, "ui.editor", TEXT, "Reserved: command that edits text.");
        add(all, "ui.keymap", CHOICE, "Reserved: keys of the line editor.", "emacs", "vi");
        add(all, "telemetry.enabled", BOOLEAN, "Reserved: send traces to a collector of yours.");
        add(all, "telemetry.otlp-endpoint", TEXT, "Reserved: address of the collector.");
        add(all, "telemetry.capture-content", BOOLEAN, "Reserved: put prompts and answers into traces.");
    }

    private static void add(List<Setting> all, String path, Setting.Type type, String doc, String... allowed) {
        var key = List.of(path.split("\\."));
        all.add(new Setting(key, type, List.of(allowed), builtIn(path), isHarmless(path), doc));
    }

    private static Optional<String> builtIn(String path) {
        return Optional.ofNullable(switch (path) {
            case "schema-version" -> "1";
            case "defaults.stream", "providers.*.enabled", "providers.*.models.*.enabled",
                    "providers.*.list-models" -> "true";
            case "defaults.timeout.connect" -> "10s";
            case "defaults.timeout.first-token" -> "5m";
            case "defaults.timeout.idle" -> "2m";
            case "defaults.timeout.total" -> "30m";
            case "defaults.retries.max-attempts" -> "3";
            case "defaults.retries.max-wait" -> "30s";
            case "defaults.retries.respect-retry-after" -> "true";
            case "confirm-heavy", "refuse-too-long", "providers.*.allow-http", "providers.*.tls.insecure" -> "false";
            case "plugins.policy" -> "require";
            case "keys.store" -> "auto";
            default -> null;
        });
    }

    /** What a project's file may set: nothing that decides where a request or a key goes. */
    private static boolean isHarmless(String path) {
        return path.equals("schema-version") || path.equals("default-model") || path.startsWith("defaults.")
                || path.startsWith("aliases.") || path.equals("history.enabled")
                || path.equals("providers.*.models.*.name") || path.equals("providers.*.models.*.tags")
                || path.equals("providers.*.models.*.params");
    }

    /** Return every key, in the order in which documentation shows them. */
    public static List<Setting> all() {
        return ALL;
    }

    /**
     * Return the setting that a key belongs to: its own, or the table of free keys around it ({@code body.x} belongs to
     * {@code body}). Empty when there is no such key, or when it is a table that holds settings.
     */
    public static Optional<Setting> find(List<String> key) {
        var node = ROOT;
        for (String part : key) {
            if (node.setting.filter(setting -> setting.type() == OPEN_TABLE || setting.type() == TEXT_TABLE)
                    .isPresent()) {
                return node.setting;
            }
            var next = node.child(part);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.get();
        }
        return node.setting;
    }

    /** Return the node of a key whose parts are all declared. */
    static Optional<Node> node(List<String> key) {
        Optional<Node> node = Optional.of(ROOT);
        for (String part : key) {
            node = node.flatMap(here -> here.child(part));
        }
        return node;
    }

    /**
     * Return the parts of a key as a person types it: dotted, parts quoted where they hold a dot. A model's id may stand
     * without quotes, as in {@code providers.groq.models.llama-3.1-8b.tags}.
     *
     * @throws IllegalArgumentException if {@code text} is no key; the message says why
     */
    public static List<String> split(String text) {
        if (text.startsWith("providers.") && text.indexOf('"') < 0 && text.indexOf('\'') < 0) {
            int models = text.indexOf(".models.");
            if (models > 0 && text.indexOf('.', "providers.".length()) == models) {
                var key = new ArrayList<>(
                        List.of("providers", text.substring("providers.".length(), models), "models"));
                key.addAll(splitModel(text.substring(models + ".models.".length())));
                return List.copyOf(key);
            }
        }
        try {
            return List.copyOf(Toml.parseDottedKey(text.strip()));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no key: " + e.getMessage(), e);
        }
    }

    private static List<String> splitModel(String text) {
        for (int dot = text.indexOf('.'); dot > 0; dot = text.indexOf('.', dot + 1)) {
            var rest = List.of(text.substring(dot + 1).split("\\."));
            var key = new ArrayList<>(List.of("providers", ANY, "models", ANY));
            key.addAll(rest);
            if (find(key).isPresent() || node(key).isPresent()) {
                var model = new ArrayList<>(List.of(text.substring(0, dot)));
                model.addAll(rest);
                return model;
            }
        }
        return List.of(text);
    }

    /** Return a key as text: dotted, parts quoted where they need it. */
    public static String join(List<String> key) {
        return Keys.join(key);
    }

    /**
     * Return the value that {@code text} writes for a key, as a command line or a variable gives it. Lists may be written
     * with commas or as {@code ["a", "b"]}, tables as <code>{ a = "b" }</code>. What does not fit the key's type is
     * returned as text, for the validation to complain about.
     */
    public static Json parse(List<String> key, String text) {
        var setting = find(key);
        String plain = text.strip();
        if (setting.isEmpty()) {
            return literal(plain).filter(value -> plain.startsWith("{")).orElse(Json.of(text));
        }
        boolean inside = key.size() > setting.get().key().size();
        return switch (setting.get().type()) {
            case INTEGER, NUMBER -> literal(plain).filter(Json.Num.class::isInstance).orElse(Json.of(text));
            case BOOLEAN -> switch (plain) {
                case "true" -> Json.of(true);
                case "false" -> Json.of(false);
                default -> Json.of(text);
            };
            case TEXTS, CHOICES, CAPABILITIES -> literal(plain).filter(value -> plain.startsWith("["))
                    .orElseGet(() -> Json.strings(List.of(plain.split(",")).stream().map(String::strip)
                            .filter(word -> !word.isEmpty()).toList()));
            case OPEN_TABLE -> literal(plain).orElse(Json.of(text));
            case TEXT_TABLE -> inside ? Json.of(text) : literal(plain).orElse(Json.of(text));
            default -> plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")
                    ? literal(plain).orElse(Json.of(text)) : Json.of(text);
        };
    }

    private static Optional<Json> literal(String text) {
        try {
            return Optional.of(TomlJson.readValue(TomlValue.parse(text).get()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Return {@code value} fit to be shown: what stands where a reference to a key belongs, and is none, is cut. */
    public static Json shown(List<String> key, Json value) {
        return switch (value) {
            case Json.Obj(var members) -> {
                var out = new LinkedHashMap<String, Json>();
                members.forEach((name, member) -> out.put(name, shown(TomlJson.append(key, name), member)));
                yield new Json.Obj(out);
            }
            case Json.Arr(var items) -> Json.array(items.stream().map(item -> shown(key, item)).toList());
            case Json.Str(var text) -> {
                var setting = find(key);
                boolean secret = setting.filter(found -> found.type() == SECRET).isPresent()
                        || setting.filter(found -> found.key().size() == key.size()).isEmpty() && !key.isEmpty()
                                && Mask.isSecretName(key.getLast());
                yield Json.of(secret && !Mask.isReference(text) ? text.isEmpty() ? "" : Mask.start(text)
                        : Mask.words(text));
            }
            default -> value;
        };
    }

    /** Return the name among {@code known} that {@code typed} probably means, or empty. */
    public static Optional<String> suggest(String typed, Iterable<String> known) {
        return Suggestion.of(typed, known);
    }

    /** Return whether a key stands in the query or the path of an address, where none belongs. */
    public static boolean holdsKey(String url) {
        return Validation.holdsKey(url);
    }

    /** Return whether {@code text} is a well-formed reference to a secret, and no secret itself. */
    public static boolean isReference(String text) {
        return Validation.isWellFormed(text);
    }

    /** Return an id made of a name, such as {@code my-ai-service} of {@code My AI Service}; empty when nothing is left. */
    public static String slug(String name) {
        return Validation.slug(name);
    }

    /** A table of the file, or a setting in it. */
    static final class Node {
        private final Map<String, Node> children = new LinkedHashMap<>();
        private Optional<Setting> setting = Optional.empty();

        Optional<Node> child(String name) {
            var named = children.get(name);
            return Optional.ofNullable(named != null ? named : children.get(ANY));
        }

        Optional<Setting> setting() {
            return setting;
        }

        /** Return whether the names in this table are the user's own. */
        boolean isKeyedById() {
            return children.containsKey(ANY);
        }

        Iterable<String> names() {
            return children.keySet();
        }
    }

    private static Node tree() {
        var root = new Node();
        for (Setting setting : ALL) {
            var node = root;
            for (String part : setting.key()) {
                node = node.children.computeIfAbsent(part, name -> new Node());
            }
            node.setting = Optional.of(setting);
        }
        return root;
    }

    static OptionalInt fewest(Setting setting) {
        return setting.allowed().isEmpty() || setting.allowed().getFirst().isEmpty() ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(setting.allowed().getFirst()));
    }

    static OptionalInt most(Setting setting) {
        return setting.allowed().size() < 2 || setting.allowed().get(1).isEmpty() ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(setting.allowed().get(1)));
    }
}
