package dev.koine.cli.providers;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings of other programs, pieces of programs, and what a service's page tells people to fill in. */
final class PastedText {
    private static final String QUOTED = "\"([^\"\\n]*)\"|'([^'\\n]*)'";
    /** The ways in which programs read a variable: {@code os.getenv("X")}, {@code process.env.X}, {@code ENV["X"]} … */
    private static final String ENVIRONMENT = "[A-Za-z_.]*(?i:getenv|environ|env)(?:\\.get|\\.fetch)?\\s*[(\\[./]\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)";
    private static final Pattern SETTING = Pattern.compile("(?m)(?:^|[\\s,{(.:-])[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?"
            + "[ \\t]*(?:[:=]>?[ \\t]*(?:" + QUOTED + "|" + ENVIRONMENT + "|([^\\s,}\\])(\"'`]+))"
            + "|\\([ \\t]*(?:" + QUOTED + "|" + ENVIRONMENT + "))");
    /** What stands before a setting that has a line of its own, and needs no quotes there. */
    private static final Pattern OWN_LINE = Pattern.compile("(?:export |set |setx |\\$env:)?");
    private static final Pattern OWN_ENTRY = Pattern.compile("\\s*(?:- )?");
    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("apibase", "--base-url"),
            Map.entry("baseurl", "--base-url"), Map.entry("azureopenaiendpoint", "--base-url"),
            Map.entry("azureendpoint", "--base-url"), Map.entry("endpointurl", "--base-url"),
            Map.entry("apiversion", "--api-version"), Map.entry("openaiapiversion", "--api-version"),
            Map.entry("azureopenaiapiversion", "--api-version"), Map.entry("model", "--models"),
            Map.entry("modelid", "--models"), Map.entry("openaimodel", "--models"),
            Map.entry("openaimodelname", "--models"), Map.entry("azuredeployment", "--deployment"),
            Map.entry("azureopenaideployment", "--deployment"),
            Map.entry("azureopenaideploymentname", "--deployment"),
            Map.entry("azureopenaichatdeploymentname", "--deployment"));
    private static final List<String> BASES = List.of("baseurl", "apibase");
    private static final Set<String> KEYS = Set.of("apikey", "openaikey", "azureopenaikey");
    private static final Pattern FORM = Pattern
            .compile("(?im)^[\\s>*|-]*(?:base url|endpoint url|api endpoint|api key|model (?:list|name|id))\\b");
    private static final Pattern FIELD = Pattern.compile("(?i)[\\s>*|`-]*(name|display name|base url|endpoint url"
            + "|api endpoint|endpoint|api key|models?|model (?:list|name|id)|deployment(?: name)?|api version)\\**"
            + "[ \\t]*[:|]\\**(.*)");
    /** What LiteLLM writes in front of a model to say which API it is asked by. */
    private static final Pattern ROUTE = Pattern
            .compile("(openai|hosted_vllm|openai_like|custom_openai|lm_studio|litellm_proxy)/");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'`<>()\\[\\],|]+");
    private static final Pattern BEARER = Pattern
            .compile("(?i)authorization[\"']?\\s*[:=]\\s*[\"']?\\s*bearer\\s+([^\"'`\\s]+)");

    private final String text;
    private final Pasted.Services services;
    private final Pasted.Collected into = new Pasted.Collected();
    private Optional<String> url = Optional.empty();
    private Optional<String> service = Optional.empty();

    private PastedText(String text, Pasted.Services services) {
        this.text = text;
        this.services = services;
    }

    static Optional<Pasted> read(String text, Pasted.Services services) {
        return new PastedText(text, services).read();
    }

    private Optional<Pasted> read() {
        if (FORM.matcher(text).find()) {
            text.lines().map(FIELD::matcher).filter(Matcher::matches)
                    .forEach(field -> field(field.group(1).toLowerCase(Locale.ROOT), field.group(2)));
        } else {
            var found = SETTING.matcher(text);
            while (found.find()) {
                setting(found);
            }
        }
        if (url.isEmpty() && text.matches("(?s).*\\s.*") && !text.matches("(?s)https?://.*")) {
            url = onlyAddress();
            var bearer = BEARER.matcher(text);
            if (url.isPresent() && bearer.find()) {
                into.key(bearer.group(1));
            }
        }
        return url.or(() -> service).map(into::done);
    }

    private void setting(Matcher found) {
        String name = found.group(1);
        String word = name.toLowerCase(Locale.ROOT).replace("_", "");
        Optional<String> variable = group(found, 4).or(() -> group(found, 8));
        Optional<String> quoted = group(found, 2).or(() -> group(found, 3)).or(() -> group(found, 6))
                .or(() -> group(found, 7));
        Optional<String> bare = group(found, 5);
        String option = BASES.stream().anyMatch(word::endsWith) ? "--base-url" : SETTINGS.getOrDefault(word, "");
        boolean isKey = KEYS.contains(word) || word.endsWith("apikey");
        if (variable.isPresent()) {
            if (isKey) {
                into.reference(variable.get());
                service = service.or(() -> services.byKeyVariable(variable.get()));
            } else if (option.equals("--base-url")) {
                url = Optional.of("$" + variable.get());
            }
            return;
        }
        String value = quoted.or(() -> bare.filter(given -> isWhole(found, given, option))).orElse("").strip();
        if (value.isEmpty()) {
            return;
        }
        if (isKey || services.byKeyVariable(name).isPresent()) {
            service = service.or(() -> services.byKeyVariable(name));
            into.key(value);
        } else if (option.equals("--base-url")) {
            url = Optional.of(value);
        } else if (option.equals("--models") && value.startsWith("azure/")) {
            into.option("--deployment", value.substring("azure/".length()));
        } else if (option.equals("--models")) {
            boolean routed = text.toLowerCase(Locale.ROOT).contains("litellm");
            into.option(option, routed ? ROUTE.matcher(value).replaceFirst("") : value);
        } else if (!option.isEmpty()) {
            into.option(option, value);
        }
    }

    private static Optional<String> group(Matcher found, int group) {
        return Optional.ofNullable(found.group(group));
    }

    /** A word without quotes is a value on a line of its own; elsewhere it may be the name of something. */
    private boolean isWhole(Matcher found, String value, String option) {
        if (value.startsWith("$") || value.startsWith("%") || value.startsWith("env:")
                || value.startsWith("os.environ/")) {
            return true;
        }
        if (option.equals("--base-url")) {
            return value.contains("://") || value.contains(".") || value.contains(":");
        }
        int from = text.lastIndexOf('\n', found.start(1)) + 1;
        int end = text.indexOf('\n', found.end());
        String before = text.substring(from, found.start(1));
        String after = text.substring(found.end(), end < 0 ? text.length() : end).strip();
        boolean alone = after.isEmpty() || after.startsWith("#");
        boolean isEntry = text.substring(found.end(1), found.start(5)).contains(":");
        return alone && (isEntry ? OWN_ENTRY : OWN_LINE).matcher(before).matches();
    }

    /** What a form has in a field, or what its description gives as an example in the last column. */
    private void field(String name, String written) {
        String value = written.replaceFirst("\\|\\s*$", "").replaceFirst(".*\\|", "").replaceAll("[`*]", "").strip();
        boolean plain = !value.isEmpty() && !value.matches(".*\\s.*");
        switch (name) {
            case "base url", "endpoint url", "api endpoint", "endpoint" -> {
                var address = ADDRESS.matcher(value);
                url = url.or(() -> address.find() ? Optional.of(value.substring(address.start(), address.end()))
                        : Optional.of(value).filter(_ -> plain));
            }
            case "api key" -> into.key(value);
            case "name", "display name" -> into.option("--name", value);
            case "api version" -> into.option("--api-version", value);
            case "deployment", "deployment name" -> into.option("--deployment", value);
            default -> {
                String models = String.join(",", Arrays.stream(value.split(",")).map(String::strip)
                        .filter(model -> !model.isEmpty() && !model.matches(".*\\s.*")).toList());
                if (!models.isEmpty()) {
                    into.option("--models", models);
                }
            }
        }
    }

    /** Return the address that a text is about: the one of chat completions, else the only one. */
    private Optional<String> onlyAddress() {
        var addresses = new LinkedHashSet<String>();
        ADDRESS.matcher(text).results().map(found -> found.group().replaceFirst("[.;:]+$", ""))
                .forEach(addresses::add);
        return addresses.stream().filter(address -> address.contains("/chat/completions")).findFirst()
                .or(() -> addresses.stream().findFirst().filter(_ -> addresses.size() == 1));
    }
}
