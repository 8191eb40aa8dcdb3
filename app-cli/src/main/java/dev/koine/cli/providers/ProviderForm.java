package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.command.Simulation;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.Koine;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.detection.ProbeReport.Certainty;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Recognition;
import dev.koine.core.secret.Redactor;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ConfigurationException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out from the command line, and from the person where something is missing, which provider is to be added. */
final class ProviderForm {
    static final String CUSTOM = "Custom Endpoint (OpenAI-compatible)";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)\\}");
    private static final List<String> ORDER = List.of("preset", "name", "base-url", "dialect");
    /** Placeholders that are settings of their own and stay in the preset's address; others are written into it. */
    private static final List<String> SETTINGS = List.of("resource", "deployment", "api-version");

    private final Context context;
    private final Arguments arguments;
    private final Koine koine;
    private final Known known;
    private final Json.ObjBuilder table = Json.object();
    private Optional<Preset> preset = Optional.empty();
    private Optional<String> url = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<String> id = Optional.empty();
    private Optional<ProbeReport> probe = Optional.empty();
    private final Set<String> used = new HashSet<>();
    private boolean asksAll;

    ProviderForm(Context context) {
        this.context = context;
        this.arguments = context.arguments();
        this.koine = context.koine();
        this.known = new Known(koine);
    }

    /** Add the options of the form. */
    static Syntax options(Syntax syntax) {
        return syntax.option("--id", "ID", "call it so (default: made of the name, the preset or the host)")
                .option("--name", "NAME", "display name").option("--base-url", "URL", "base URL, with or without /v1")
                .option("--dialect", "ID", "openai, openai-bare, azure or a plugin's (default: recognised by the URL)")
                .option("--api-version", "V", "api-version of the service")
                .option("--resource", "NAME", "fills {resource}").option("--deployment", "NAME", "deployment to ask")
                .option("--region", "NAME", "fills {region}").option("--account", "NAME", "fills {account}")
                .option("--endpoint", "NAME", "fills {endpoint}")
                .option("--auth", "STYLE", "how the key travels: bearer, none, header:NAME or query:NAME")
                .options("-H, --header", "'Name: value'", "send this header with every request (repeatable)")
                .flag("--allow-http", "send the key over plain http to another machine")
                .option("--notes", "TEXT", "your own notes")
                .options("--models", "IDS", "models to add, separated by commas (repeatable)")
                .options("--tag", "TAG", "tag of these models: sandbox, free, main, heavy, unknown (repeatable)");
    }

    /** Return the provider without its key. */
    NewProvider read() {
        target();
        if (asksAll && arguments.text("--name").isEmpty() && id.isEmpty() && context.canPrompt()) {
            name = Optional.of(context.ask("Name: ", "--name")).filter(text -> !text.isEmpty());
        }
        arguments.text("--name").map(String::strip).filter(text -> !text.isEmpty())
                .ifPresent(text -> name = Optional.of(text));
        Optional<BaseUrl> base = asksAll || url.isPresent() ? Optional.of(address()) : Optional.empty();
        String understood = base.map(this::recognise)
                .orElseGet(() -> preset.map(ProviderForm::understood).orElseThrow());
        base = base.map(given -> parsed(url.orElseThrow()));
        String chosen = id(base);
        refuseDuplicate(chosen);
        preset.ifPresent(found -> table.put("preset", found.id()));
        name.filter(text -> !text.equals(chosen) && preset.filter(found -> found.name().equals(text)).isEmpty())
                .ifPresent(text -> table.put("name", text));
        dialect(base);
        addressInto(base);
        settings();
        return smallest(new NewProvider(chosen, ordered(table.build()), preset, understood, probe, Json.EMPTY,
                Optional.empty()));
    }

    /** What the preset says already is not said again. */
    private NewProvider smallest(NewProvider whole) {
        var smaller = whole;
        var home = preset.flatMap(found -> found.provider().text("auth"));
        if (home.isPresent() && home.equals(whole.table().text("auth"))) {
            smaller = smaller.without("auth");
        }
        if (preset.isEmpty() || whole.table().text("base-url").isEmpty() || preset.get().baseUrl().contains("{")) {
            return smaller;
        }
        var without = smaller.without("base-url");
        return new ProviderFacts(koine, without.entry()).destination()
                .equals(new ProviderFacts(koine, smaller.entry()).destination()) ? without : smaller;
    }

    private static Json.Obj ordered(Json.Obj settings) {
        var first = Json.object();
        ORDER.forEach(key -> settings.get(key).ifPresent(value -> first.put(key, value)));
        return first.build().mergedWith(settings);
    }

    /** Return whether the form is filled in by a person, so that the models are to be asked for too. */
    boolean asksAll() {
        return asksAll;
    }

    private void target() {
        String word = WrittenUrl.tidy(arguments.optionalWord(0).orElse(""));
        url = arguments.text("--base-url").map(String::strip);
        if (word.isEmpty() || word.equalsIgnoreCase("custom") || word.equalsIgnoreCase(CUSTOM)) {
            asksAll = true;
            if (url.isEmpty() && !context.canPrompt()) {
                throw Problem.usage("koine providers add needs a preset, a URL, or --base-url")
                        .why("nobody can be asked: " + (context.globals().input()
                                ? "standard input or standard error is no terminal" : "--no-input was given"))
                        .fix("koine providers add --name NAME --base-url URL").toException();
            }
            return;
        }
        preset = known.preset(word);
        if (preset.isPresent()) {
            return;
        }
        if (isUrl(word)) {
            if (url.isPresent()) {
                throw Problem.usage("two URLs were given").why("one as the argument, one with --base-url")
                        .fix("koine providers add --help").toException();
            }
            url = Optional.of(word);
        } else if (url.isPresent()) {
            asksAll = true;
            if (ProviderId.isValid(word)) {
                id = Optional.of(word);
            } else {
                name = Optional.of(word);
            }
        } else {
            throw known.noPreset(word);
        }
    }

    /** A bare word is never taken for a host. */
    static boolean isUrl(String word) {
        return word.indexOf('.') >= 0 || word.indexOf(':') >= 0 || word.indexOf('/') >= 0
                || word.equalsIgnoreCase("localhost");
    }

    private BaseUrl address() {
        if (url.isPresent()) {
            return parsed(url.get());
        }
        context.out().flush();
        return context.askFor("Base URL: ", "--base-url", this::parsed);
    }

    private BaseUrl parsed(String written) {
        String filled = WrittenUrl.withScheme(filled(WrittenUrl.tidy(written), true));
        refuseKey(filled);
        url = Optional.of(filled);
        try {
            return BaseUrl.parse(filled);
        } catch (ConfigurationException e) {
            throw Problem.builder(ExitCode.CONFIG, "url.invalid", String.valueOf(e.getMessage()))
                    .why("a base URL is what stands before /chat/completions, such as https://api.example.com/v1")
                    .fix("koine providers add --base-url https://HOST/v1").field("base-url").toException();
        }
    }

    /** Someone who mistakes the question must not find the key in the answer. */
    private static void refuseKey(String written) {
        if (KeyText.looksLikeKey(written)) {
            throw Problem.builder(ExitCode.CONFIG, "url.invalid", "this looks like a key, not like a URL")
                    .why("the base URL comes first; the key is asked for by itself, without being shown")
                    .fix("koine providers add --base-url https://HOST/v1").field("base-url").toException();
        }
    }

    private String recognise(BaseUrl base) {
        if (preset.isPresent()) {
            return understood(preset.get());
        }
        if (arguments.has("--dialect")) {
            return "This is an endpoint of the dialect " + known.dialect(arguments.text("--dialect").orElseThrow())
                    + ".";
        }
        return switch (koine.presets().recognise(base, true)) {
            case Recognition.Recognised(var dialect, var claim, var found) -> {
                preset = found;
                if (found.isPresent()) {
                    yield understood(found.get()) + atHome(found.get(), base);
                }
                koine.presets().all().stream().filter(service -> isSiteOf(service, base)).findFirst()
                        .ifPresent(service -> context.notice(base.origin().host() + " seems to be a site of "
                                + service.name() + ", not its API (koine providers add " + service.id() + ")"));
                boolean sure = claim.strength().compareTo(Claim.Strength.LIKELY) > 0;
                probe = sure ? Optional.empty() : new AddressProbe(context).ask(url.orElseThrow(), base);
                yield probe.flatMap(ProbeReport::endpoint).map(endpoint -> answered(base, probe.get(), endpoint))
                        .orElseGet(() -> {
                            table.put("dialect", dialect);
                            return "This is an endpoint of the dialect " + dialect + " (" + claim.reason() + ").";
                        });
            }
            case Recognition.Tied(var claims, var message) -> throw Problem
                    .builder(ExitCode.CONFIG, "dialect.ambiguous", "more than one dialect claims " + base).why(message)
                    .fix("koine providers add " + base + " --dialect " + claims.getFirst().dialect()).field("dialect")
                    .toException();
            case Recognition.Unknown(var message) -> throw Problem
                    .builder(ExitCode.CONFIG, "dialect.unknown", "no dialect speaks to " + base).why(message)
                    .fix("koine plugins list").field("dialect").toException();
        };
    }

    /** A service that has its API below a path is not reached by its host alone. */
    private String atHome(Preset found, BaseUrl base) {
        if (found.baseUrl().contains("{")) {
            return "";
        }
        var home = BaseUrl.parse(found.baseUrl());
        var path = home.hasVersionSegment() ? home.segments().subList(0, home.segments().size() - 1) : home.segments();
        if (!home.origin().equals(base.origin()) || path.isEmpty()
                || base.path().startsWith(String.join("/", path), 1)) {
            return "";
        }
        if (base.segments().isEmpty()) {
            url = Optional.of(found.baseUrl());
            return " Its API is at " + found.baseUrl() + ", which is used.";
        }
        context.notice(
                found.name() + " has its API at " + found.baseUrl() + " (koine providers add " + found.id() + ")");
        return "";
    }

    /** Where a service makes its keys and has its documents, and the domain of its API, are pages for people. */
    private static boolean isSiteOf(Preset service, BaseUrl base) {
        String host = base.origin().host().replaceFirst("^www\\.", "");
        return !service.local() && (Stream.of(service.keyUrl(), service.docs()).flatMap(Optional::stream)
                .anyMatch(page -> page.startsWith("https://" + host + "/") || page.equals("https://" + host))
                || !service.baseUrl().contains("{")
                        && BaseUrl.parse(service.baseUrl()).origin().host().endsWith("." + host));
    }

    /** Take over what the answers showed: who it is, and how it is spoken to. */
    private String answered(BaseUrl base, ProbeReport report, ProbeReport.Endpoint endpoint) {
        if (!report.given().equals(base) || !endpoint.base().equals(base)) {
            url = Optional.of(endpoint.base().toString());
        }
        report.auth().filter(auth -> !auth.usual() && auth.certainty() != Certainty.ASSUMED && !arguments.has("--auth"))
                .ifPresent(auth -> table.put("auth", auth.style()));
        preset = report.service().flatMap(service -> koine.presets().find(service.id()))
                .filter(found -> found.local() && found.dialect().equals(endpoint.dialect()));
        if (preset.isPresent()) {
            return understood(preset.get()) + " It was asked: " + report.service().orElseThrow().because() + ".";
        }
        table.put("dialect", endpoint.dialect());
        String service = report.service().map(found -> ", and looks like " + found.name()).orElse("");
        return "This is an endpoint of the dialect " + endpoint.dialect() + service + ". It was asked: "
                + endpoint.because() + ".";
    }

    private static String understood(Preset preset) {
        return "This is " + preset.name() + " (preset " + preset.id() + ").";
    }

    private String id(Optional<BaseUrl> base) {
        String chosen = arguments.text("--id").or(() -> id).orElseGet(() -> suggested(base));
        if (!ProviderId.isValid(chosen)) {
            String better = ProviderId.of(chosen);
            throw Problem.usage("'" + chosen + "' cannot be a provider's id")
                    .why("an id has lower-case letters, digits and dashes between them; a display name goes into --name")
                    .fix("--id " + (better.isEmpty() ? "my-service" : better)).toException();
        }
        return chosen;
    }

    private String suggested(Optional<BaseUrl> base) {
        boolean byPreset = preset.isPresent() && !asksAll;
        Optional<String> ofName = name.map(ProviderId::of).filter(text -> !text.isEmpty() && !byPreset);
        return ofName.or(() -> preset.map(Preset::id)).orElseGet(() -> base.map(ProviderId::of).orElse(""));
    }

    private void refuseDuplicate(String chosen) {
        if (koine.registry().providers().stream().anyMatch(provider -> provider.id().equals(chosen))) {
            boolean simulator = chosen.equals(Simulation.ID);
            throw Problem.builder(ExitCode.CONFIG, "provider.exists", "there is a provider " + chosen + " already")
                    .why(simulator ? "it is the built-in simulator"
                            : "an id names one provider, and nothing was changed")
                    .fix(simulator ? "--id ID gives the new one another id" : "koine providers set " + chosen
                            + " KEY VALUE          or add the new one with --id " + chosen + "-2")
                    .field("id").toException();
        }
    }

    private void dialect(Optional<BaseUrl> base) {
        arguments.text("--dialect").ifPresent(word -> {
            if (base.isEmpty() || preset.isPresent()) {
                known.dialect(word);
            }
            table.put("dialect", word);
        });
    }

    private void addressInto(Optional<BaseUrl> base) {
        if (base.isPresent()) {
            if (preset.filter(found -> found.baseUrl().equals(url.orElseThrow())).isEmpty()) {
                table.put("base-url", url.orElseThrow());
            }
            return;
        }
        String template = preset.orElseThrow().baseUrl();
        String filled = filled(template, false);
        if (!filled.equals(template)) {
            table.put("base-url", filled);
        }
    }

    /** Fill placeholders from options or by asking. In a preset's own address those that are settings stay. */
    private String filled(String template, boolean all) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String word = placeholder(found.group(1));
            Optional<String> value = options().contains(word) ? arguments.text("--" + word) : Optional.empty();
            if (all && value.isEmpty() && !options().contains(word)) {
                return Matcher.quoteReplacement(found.group());
            }
            String given = value.orElseGet(() -> demanded(word));
            used.add(word);
            if (!all && SETTINGS.contains(word)) {
                table.put(word, given);
                return Matcher.quoteReplacement(found.group());
            }
            return Matcher.quoteReplacement(BaseUrl.encode(given));
        });
    }

    private static List<String> options() {
        return List.of("resource", "deployment", "region", "account", "endpoint");
    }

    /** Documentation writes {@code {your-resource}} and {@code {deployment-name}}. */
    private static String placeholder(String written) {
        return options().stream().filter(word -> written.toLowerCase(Locale.ROOT).contains(word)).findFirst()
                .orElse(written);
    }

    private String demanded(String word) {
        String service = preset.map(Preset::name).orElse("this address");
        String address = url.or(() -> preset.map(Preset::baseUrl)).orElse("");
        String missing = PLACEHOLDER.matcher(address).results().map(found -> placeholder(found.group(1))).distinct()
                .filter(name -> options().contains(name) && !arguments.has("--" + name))
                .map(name -> " --" + name + " NAME")
                .collect(Collectors.joining());
        String again = "koine providers add " + preset.map(Preset::id).orElseGet(() -> Shell.word(address)) + missing;
        if (!context.canPrompt()) {
            throw Problem.usage(service + " needs --" + word).why("its address is " + address).fix(again)
                    .field(word).toException();
        }
        String given = context.ask(Character.toUpperCase(word.charAt(0)) + word.substring(1) + ": ", "--" + word);
        if (given.isEmpty()) {
            throw Problem.usage(service + " needs --" + word).why("nothing was typed").fix(again).toException();
        }
        return given;
    }

    private void settings() {
        for (String word : List.of("region", "account", "endpoint")) {
            if (arguments.has("--" + word) && !used.contains(word)) {
                throw Problem.usage("--" + word + " has no place")
                        .why("it fills {" + word + "}, and the address has none")
                        .fix("leave --" + word + " out").field(word).toException();
            }
        }
        if (!used.contains("resource")) {
            arguments.text("--resource").ifPresent(text -> table.put("resource", text));
        }
        if (!used.contains("deployment")) {
            deployment().ifPresent(text -> table.put("deployment", text));
        }
        arguments.text("--api-version").ifPresent(text -> table.put("api-version", text));
        arguments.text("--auth").ifPresent(text -> table.put("auth", text));
        Json.Obj headers = headers(arguments.all("--header"));
        if (!headers.isEmpty()) {
            table.put("headers", headers);
        }
        if (arguments.has("--allow-http")) {
            table.put("allow-http", true);
        }
        arguments.text("--notes").ifPresent(text -> table.put("notes", text));
    }

    /** A deployment may be named by each model instead, so that it is offered and not demanded. */
    private Optional<String> deployment() {
        Optional<String> given = arguments.text("--deployment");
        boolean offered = url.isEmpty() && preset.filter(found -> found.ask().contains("deployment")).isPresent();
        if (given.isEmpty() && offered && context.canPrompt()) {
            return Optional.of(context.ask("Deployment (Enter = the model's id): ", "--deployment"))
                    .filter(text -> !text.isEmpty());
        }
        return given;
    }

    private static Json.Obj headers(List<String> written) {
        var headers = Json.object();
        for (String line : written) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw Problem.usage("--header takes 'Name: value', and no colon was given")
                        .why("the name of a header stands before the colon")
                        .fix("koine providers add … -H 'X-Title: test'")
                        .toException();
            }
            String header = line.substring(0, colon).strip();
            if (Redactor.isSecretHeader(header)) {
                throw Problem.usage("a key is not taken from the command line")
                        .why("the header " + header
                                + " would be in your shell history and in ps; consider the key leaked")
                        .fix("koine keys set ID          and --auth header:" + header.toLowerCase(Locale.ROOT)
                                + " where the key travels so")
                        .field("api-key").toException();
            }
            headers.put(header, line.substring(colon + 1).strip());
        }
        return headers.build();
    }
}
