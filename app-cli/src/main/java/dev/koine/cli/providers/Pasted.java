package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import dev.koine.core.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text that describes an endpoint for another program, read as arguments of {@code providers add}: a {@code curl} command,
 * or lines such as {@code api_base: …} and {@code OPENAI_BASE_URL=…}.
 *
 * @param words the arguments, none of them a key
 * @param key the key that stood in it
 */
record Pasted(List<String> words, Optional<String> key) {
    private static final Pattern SETTING = Pattern.compile("(?:^|[\\s,{(-])[\"']?([A-Za-z_]+)[\"']?[ \\t]*[:=][ \\t]*"
            + "(?:\"([^\"\\n]*)\"|'([^'\\n]*)'|([^\\s,}\\])]+))");
    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("api_base", "--base-url"),
            Map.entry("apibase", "--base-url"), Map.entry("base_url", "--base-url"), Map.entry("baseurl", "--base-url"),
            Map.entry("openai_base_url", "--base-url"), Map.entry("openai_api_base", "--base-url"),
            Map.entry("azure_openai_endpoint", "--base-url"), Map.entry("azure_endpoint", "--base-url"),
            Map.entry("api_version", "--api-version"), Map.entry("apiversion", "--api-version"),
            Map.entry("openai_api_version", "--api-version"), Map.entry("model", "--models"),
            Map.entry("azure_deployment", "--deployment"), Map.entry("azure_openai_deployment", "--deployment"));
    private static final Set<String> KEYS = Set.of("api_key", "apikey", "openai_api_key", "azure_openai_api_key");
    /** What LiteLLM writes in front of a model to say which API it is asked by. */
    private static final Pattern ROUTE = Pattern
            .compile("(openai|hosted_vllm|openai_like|custom_openai|lm_studio|litellm_proxy)/");
    private static final Pattern VARIABLE = Pattern
            .compile("(?:\\$\\{?|os\\.environ/|env:|%)([A-Za-z_][A-Za-z0-9_]*)[}%]?");
    private static final Pattern EXAMPLE = Pattern
            .compile("(?i).*(your|<|\\{|\\.\\.\\.|…|xxx|api[_ -]?key|token here).*");
    private static final Set<String> CURL_VALUES = Set.of("-H", "--header", "-d", "--data", "--data-raw",
            "--data-binary", "--json", "-X", "--request", "--url", "-u", "--user", "-o", "--output", "-m", "--max-time",
            "-A", "--user-agent", "-b", "--cookie", "-e", "--referer", "--connect-timeout", "--cacert", "-x",
            "--proxy");
    private static final Set<String> DATA = Set.of("-d", "--data", "--data-raw", "--data-binary", "--json");
    private static final Set<String> USUAL = Set.of("content-type", "accept", "user-agent", "content-length", "host");

    Pasted {
        words = List.copyOf(words);
    }

    /** Return what a text describes, or empty where it describes no endpoint. */
    static Optional<Pasted> read(String text) {
        String bare = text.strip();
        if (bare.matches("(?s)(\\$ )?curl\\s.*")) {
            return curl(tokens(bare.replaceFirst("^\\$ ", "")));
        }
        return bare.matches("(?s)[a-z]+://\\S*") ? Optional.empty() : settings(bare);
    }

    private static Optional<Pasted> curl(List<String> tokens) {
        var into = new Collected();
        Optional<String> url = Optional.empty();
        for (int i = 1; i < tokens.size(); i++) {
            String token = tokens.get(i);
            int equals = token.startsWith("--") ? token.indexOf('=') : -1;
            String name = equals > 0 ? token.substring(0, equals) : token;
            if (CURL_VALUES.contains(name)) {
                boolean next = equals <= 0 && i + 1 < tokens.size();
                String value = equals > 0 ? token.substring(equals + 1) : next ? tokens.get(++i) : "";
                if (name.equals("--url")) {
                    url = Optional.of(value);
                } else if (name.equals("-H") || name.equals("--header")) {
                    into.header(value);
                } else if (DATA.contains(name)) {
                    into.body(value);
                }
            } else if (!token.startsWith("-") && url.isEmpty()) {
                url = Optional.of(token);
            }
        }
        return url.filter(text -> !text.isEmpty()).map(address -> into.done(address));
    }

    private static Optional<Pasted> settings(String text) {
        var into = new Collected();
        Optional<String> url = Optional.empty();
        var found = SETTING.matcher(text);
        while (found.find()) {
            String name = found.group(1).toLowerCase(Locale.ROOT);
            String value = Optional.ofNullable(found.group(2)).or(() -> Optional.ofNullable(found.group(3)))
                    .or(() -> Optional.ofNullable(found.group(4))).orElse("").strip();
            String option = SETTINGS.getOrDefault(name, "");
            if (value.isEmpty()) {
                continue;
            }
            if (KEYS.contains(name)) {
                into.key(value);
            } else if (option.equals("--base-url")) {
                url = Optional.of(value);
            } else if (option.equals("--models") && value.startsWith("azure/")) {
                into.option("--deployment", value.substring("azure/".length()));
            } else if (option.equals("--models")) {
                into.option(option, ROUTE.matcher(value).replaceFirst(""));
            } else if (!option.isEmpty()) {
                into.option(option, value);
            }
        }
        return url.map(address -> into.done(address));
    }

    /** Takes a command apart as a POSIX shell does, and leaves variables as they stand. */
    private static List<String> tokens(String line) {
        var tokens = new ArrayList<String>();
        var token = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                if (next == '\r' && i + 1 < line.length() && line.charAt(i + 1) == '\n') {
                    i++;
                } else if (next != '\n') {
                    token.append(next);
                    begun = true;
                }
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    token.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    tokens.add(token.toString());
                    token.setLength(0);
                    begun = false;
                }
            } else {
                token.append(c);
                begun = true;
            }
        }
        if (begun) {
            tokens.add(token.toString());
        }
        return tokens;
    }

    /** The arguments that come together. */
    private static final class Collected {
        private final List<String> words = new ArrayList<>();
        private Optional<String> key = Optional.empty();

        void option(String name, String value) {
            words.add(name);
            words.add(value);
        }

        void header(String line) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                return;
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("authorization")) {
                key(value.replaceFirst("(?i)^bearer\\s+", ""));
            } else if (Redactor.isSecretHeader(name)) {
                option("--auth", "header:" + name.toLowerCase(Locale.ROOT));
                key(value);
            } else if (!USUAL.contains(name.toLowerCase(Locale.ROOT))) {
                option("--header", name + ": " + value);
            }
        }

        /** A variable becomes a reference; an example's key is none. */
        void key(String value) {
            var variable = VARIABLE.matcher(value);
            if (variable.matches()) {
                option("--key-ref", "env:" + variable.group(1));
            } else if (!value.isEmpty() && !value.equalsIgnoreCase("none") && !EXAMPLE.matcher(value).matches()) {
                key = Optional.of(value);
            }
        }

        void body(String text) {
            JsonReader.read(text).filter(Json.Obj.class::isInstance)
                    .flatMap(body -> ((Json.Obj) body).text("model")).ifPresent(model -> option("--models", model));
        }

        Pasted done(String url) {
            words.addFirst(url);
            return new Pasted(words, key);
        }
    }
}
