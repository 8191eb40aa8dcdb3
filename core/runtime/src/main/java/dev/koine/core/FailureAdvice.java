package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.Tag;
import dev.koine.core.config.Durations;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.SecretException;
import dev.koine.core.secret.SecretState;
import dev.koine.core.secret.Secrets;
import dev.koine.spi.SecretRef;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in a person's words what went wrong, why, and which command mends it. */
final class FailureAdvice {
    private static final int LONGEST_QUOTE = 300;

    private final Secrets secrets;
    private final Registry registry;
    private final Redactor redactor;

    FailureAdvice(Secrets secrets, Registry registry, Redactor redactor) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.redactor = requireNonNull(redactor, "redactor is null");
    }

    /**
     * Return the failure with provider, message, why, field and fix, and without any key: some services repeat the key that
     * they refuse. What it already says about cause and remedy is kept.
     */
    ProviderFailure explained(ProviderFailure failure, ProviderEntry entry, Optional<ModelEntry> model) {
        var seen = redacted(failure.toBuilder().kind(kind(failure, entry)).build());
        var kind = seen.kind();
        var told = seen.toBuilder().provider(entry.id()).message(headline(seen, entry, model));
        seen.field().or(() -> field(kind)).ifPresent(told::field);
        seen.why().or(() -> why(kind, seen, entry, model)).ifPresent(told::why);
        if (seen.fix().isEmpty() || isBetterKnownHere(seen)) {
            told.fix(fix(kind, seen, entry, model));
        }
        return told.build();
    }

    /** The transport knows the address only; the provider's preset and settings make better advice. */
    private static boolean isBetterKnownHere(ProviderFailure failure) {
        return switch (failure.kind()) {
            case DNS, REFUSED -> failure.field().filter("base-url"::equals).isPresent() || isOfProxy(failure);
            case TLS -> failure.field().filter("tls.ca-file"::equals).isPresent();
            case PROXY -> failure.field().filter("proxy-auth"::equals).isPresent();
            case FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT, INSECURE -> true;
            default -> false;
        };
    }

    private ProviderFailure redacted(ProviderFailure failure) {
        var clean = failure.toBuilder().message(redactor.redact(failure.message()));
        failure.why().map(redactor::redact).ifPresent(clean::why);
        failure.request().map(redactor::redact).ifPresent(clean::request);
        failure.providerCode().map(redactor::redact).ifPresent(clean::providerCode);
        failure.providerType().map(redactor::redact).ifPresent(clean::providerType);
        failure.providerParam().map(redactor::redact).ifPresent(clean::providerParam);
        failure.providerMessage().map(redactor::redact).ifPresent(clean::providerMessage);
        failure.upstreamMessage().map(redactor::redact).ifPresent(clean::upstreamMessage);
        failure.raw().map(redactor::redact).ifPresent(clean::raw);
        return clean.build();
    }

    /** What is refused to a request without a key wants one. */
    private static FailureKind kind(ProviderFailure failure, ProviderEntry entry) {
        boolean none = entry.key().isEmpty();
        return none && (failure.kind() == FailureKind.AUTH_REJECTED || failure.kind() == FailureKind.FORBIDDEN)
                ? FailureKind.AUTH_MISSING : failure.kind();
    }

    String headline(ProviderFailure failure, ProviderEntry entry) {
        return headline(redacted(failure), entry, Optional.empty());
    }

    private static String headline(ProviderFailure failure, ProviderEntry entry, Optional<ModelEntry> model) {
        String name = entry.name();
        String status = status(failure);
        String asked = model.map(ModelEntry::id).orElse("the model");
        return switch (failure.kind()) {
            case DNS, REFUSED, UNREACHABLE, PROXY, TLS, CONNECTION_LOST, CONNECT_TIMEOUT, FIRST_TOKEN_TIMEOUT,
                    IDLE_TIMEOUT, TOTAL_TIMEOUT, INSECURE, REDIRECT, LIMIT_EXCEEDED, UNSUPPORTED, CANCELLED,
                    PLUGIN -> failure.message();
            case AUTH_MISSING -> failure.status().isEmpty() ? "no key for " + name
                    : name + " wants a key, and none was sent" + status;
            case AUTH_REJECTED -> name + " refused the key" + status;
            case FORBIDDEN -> name + " does not allow this with this key" + status;
            case MODEL_UNKNOWN -> name + " has no model " + asked + status;
            case REGION_BLOCKED -> name + " does not serve the place that this request comes from" + status;
            case MODEL_FORBIDDEN -> name + " does not let this account use " + asked + status;
            case MODEL_RETIRED -> name + " no longer serves " + asked + status;
            case API_VERSION -> name + " does not know this api-version" + status;
            case DEPLOYMENT_UNKNOWN -> name + " has no deployment "
                    + model.flatMap(found -> found.settings().deployment()).or(() -> entry.settings().deployment())
                            .orElse(asked)
                    + status;
            case WRONG_PATH -> failure.request().orElse(name) + " answered "
                    + (failure.status().isPresent() ? failure.status().getAsInt() + ": " : "") + "nothing is there";
            case HTML -> name + " answered with a web page, not JSON" + status;
            case UNEXPECTED_ANSWER -> failure.message().isEmpty()
                    ? name + " answered with something else than was asked for" + status
                    : name + ": " + failure.message() + status;
            case EMPTY -> name + " answered with nothing" + status;
            case RATE_LIMITED -> failure.retryAfter()
                    .map(wait -> name + " asks to wait " + Durations.words(wait) + status)
                    .orElse(name + " says that there were too many requests" + status);
            case QUOTA -> "the account at " + name + " has no credit or quota left" + status;
            case OVERLOADED -> name + " is overloaded or still starting" + status;
            case SERVER -> name + " failed" + status;
            case CONTEXT_OVERFLOW -> isOwn(failure) ? failure.message()
                    : "the prompt is longer than " + asked + " takes" + status;
            case PARAM_REJECTED -> name + " rejects " + failure.providerParam().map(param -> "`" + param + "`")
                    .orElse("a field of the request") + status;
            case INVALID_REQUEST -> name + " rejects the request" + status;
            case FILTERED -> "a content filter of " + name + " withheld it"
                    + (failure.filtered().isEmpty() ? "" : ": " + String.join(", ", failure.filtered())) + status;
            case STREAM_CUT -> failure.message().isEmpty() ? "the answer of " + name + " was cut off"
                    : failure.message();
            case PROVIDER -> name + " reports an error" + status;
        };
    }

    /** Nothing was sent: Koine itself says what is wrong. */
    private static boolean isOwn(ProviderFailure failure) {
        return failure.status().isEmpty() && failure.request().isEmpty() && failure.field().isPresent();
    }

    private static String status(ProviderFailure failure) {
        var words = new ArrayList<String>();
        failure.status().ifPresent(status -> words.add(Integer.toString(status)));
        failure.providerCode().filter(code -> !words.contains(code) && code.length() < 60).ifPresent(words::add);
        return words.isEmpty() ? "" : " (" + String.join(" ", words) + ")";
    }

    private static Optional<String> field(FailureKind kind) {
        return switch (kind) {
            case DNS, REFUSED, UNREACHABLE, WRONG_PATH, HTML, REDIRECT -> Optional.of("base-url");
            case AUTH_MISSING, AUTH_REJECTED, FORBIDDEN -> Optional.of("api-key");
            case MODEL_UNKNOWN, MODEL_FORBIDDEN, MODEL_RETIRED -> Optional.of("model");
            case PROXY -> Optional.of("proxy");
            case API_VERSION -> Optional.of("api-version");
            case DEPLOYMENT_UNKNOWN -> Optional.of("deployment");
            case TLS -> Optional.of("tls");
            case INSECURE -> Optional.of("allow-http");
            case CONNECT_TIMEOUT -> Optional.of("timeout.connect");
            case FIRST_TOKEN_TIMEOUT -> Optional.of("timeout.first-token");
            case IDLE_TIMEOUT -> Optional.of("timeout.idle");
            case TOTAL_TIMEOUT -> Optional.of("timeout.total");
            case CONNECTION_LOST, UNEXPECTED_ANSWER, SERVER, OVERLOADED, RATE_LIMITED, QUOTA, CONTEXT_OVERFLOW,
                    PARAM_REJECTED, INVALID_REQUEST, FILTERED, STREAM_CUT, EMPTY, LIMIT_EXCEEDED, UNSUPPORTED, PROVIDER,
                    REGION_BLOCKED, CANCELLED, PLUGIN -> Optional.empty();
        };
    }

    private Optional<String> why(FailureKind kind, ProviderFailure failure, ProviderEntry entry,
            Optional<ModelEntry> model) {
        var sent = failure.upstreamMessage().or(failure::providerMessage).or(failure::raw).map(String::strip)
                .filter(text -> !text.isEmpty());
        var said = sent.map(FailureAdvice::quoted);
        return switch (kind) {
            case AUTH_MISSING -> said.or(() -> Optional.of("no api-key is configured for " + entry.id()));
            case AUTH_REJECTED -> entry.key().map(ref -> "the key from " + described(ref) + " is not accepted"
                    + said.map(text -> "; it says: " + text).orElse(""));
            case HTML -> Optional.of("the address belongs to a web site or a proxy, not to the API"
                    + sent.map(text -> Html.title(text).map(title -> "; its title is: " + title)
                            .orElseGet(() -> "; it begins: " + quoted(text))).orElse(""));
            case EMPTY -> said.or(() -> Optional.of("neither text nor reason came"));
            case WRONG_PATH -> Optional.of(said.map(text -> "the server is there, the path is not; it says: " + text)
                    .orElse("the server is there, the path is not"));
            case RATE_LIMITED,
                    QUOTA -> joined(model.filter(asked -> asked.tags().contains(Tag.FREE)).map(asked -> "you "
                            + "tagged " + asked.ref() + " free, and free tiers are limited in requests and tokens"),
                            said);
            case MODEL_UNKNOWN -> joined(model.flatMap(asked -> asked.life(LocalDate.now(ZoneOffset.UTC))), said);
            default -> said.map(text -> "it says: " + text);
        };
    }

    private static Optional<String> joined(Optional<String> known, Optional<String> said) {
        return known.isEmpty() ? said.map(text -> "it says: " + text)
                : Optional.of(known.get() + said.map(text -> "; it says: " + text).orElse(""));
    }

    private String described(SecretRef ref) {
        try {
            var state = secrets.describe(ref);
            return state.status() == SecretState.Status.SET
                    ? state.from() + " (" + state.length() + " characters"
                            + (state.tail().isEmpty() ? "" : ", ends …" + state.tail()) + ")"
                    : state.from();
        } catch (SecretException e) {
            return ref.reference();
        }
    }

    private List<String> fix(FailureKind kind, ProviderFailure failure, ProviderEntry entry,
            Optional<ModelEntry> model) {
        boolean saved = entry.from() == ProviderEntry.From.CONFIG;
        String id = entry.id();
        return switch (kind) {
            case AUTH_MISSING, AUTH_REJECTED -> keyFix(entry);
            case FORBIDDEN -> docs(entry, saved ? "koine providers test " + id : "use a key that may ask this model");
            case DNS -> isOfProxy(failure) ? proxyFix(id, saved) : hostFix(entry);
            case REFUSED -> isOfProxy(failure) ? proxyFix(id, saved)
                    : entry.preset().flatMap(Preset::start).map(start -> List.of("start it: " + start))
                            .orElse(saved ? List.of("koine providers set " + id + " base-url URL" + keyGoesAlong(entry))
                                    : List.of("check the address and that the server is running"));
            case TLS -> failure.field().filter("tls.ca-file"::equals).isPresent()
                    ? List.of(saved ? "koine providers set " + id + " tls.ca-file FILE" : "export SSL_CERT_FILE=FILE",
                            "FILE holds the authority's certificate (PEM)")
                    : List.of(saved ? "koine providers test " + id : "check the address");
            case PROXY -> proxyFix(failure, entry);
            case UNREACHABLE, CONNECT_TIMEOUT,
                    CONNECTION_LOST -> saved ? List.of("koine providers test " + id) : List.of("check the address");
            case FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT,
                    TOTAL_TIMEOUT -> List
                            .of(saved ? "koine config set providers." + id + "." + field(kind).orElseThrow() + " 20m"
                                    : "koine config set defaults." + field(kind).orElseThrow() + " 20m");
            case INSECURE -> saved ? List.of("koine providers set " + id + " base-url https://…",
                    "koine providers set " + id + " allow-http true") : List.of("use https");
            case API_VERSION -> versionFix(id, saved);
            case WRONG_PATH -> failure.field().filter("api-version"::equals).isPresent() ? versionFix(id, saved)
                    : pathFix(entry, saved);
            case HTML, REDIRECT, UNEXPECTED_ANSWER, EMPTY -> pathFix(entry, saved);
            case MODEL_UNKNOWN, MODEL_RETIRED -> modelFix(entry, model);
            case MODEL_FORBIDDEN -> docs(entry, "ask for access at the service, or use another model");
            case REGION_BLOCKED -> docs(entry, "use a proxy in a place that is served, or another service");
            case DEPLOYMENT_UNKNOWN -> !saved ? List.of("name the deployment as it is called in the resource")
                    : List.of(model.filter(asked -> asked.settings().deployment().isPresent())
                            .map(asked -> "koine models set " + asked.ref() + " deployment NAME")
                            .orElse("koine providers set " + id + " deployment NAME"));
            case RATE_LIMITED -> List.of("koine ask --wait …");
            case QUOTA -> docs(entry, "check credit and limits of the account");
            case OVERLOADED, SERVER -> List.of("try again later");
            case CONTEXT_OVERFLOW -> lengthFix(failure, entry, model);
            case PARAM_REJECTED -> failure.providerParam().filter(param -> saved && param.matches("[a-z_]+"))
                    .map(param -> List.of("koine providers set " + id + " drop '[\"" + param + "\"]'"))
                    .orElse(List.of("koine ask --dry-run … shows the request"));
            case INVALID_REQUEST, PROVIDER -> List.of(failure.field().filter(field -> saved)
                    .map(field -> "koine providers set " + id + " " + field + " VALUE")
                    .orElse("koine ask --dry-run … shows the request"));
            case STREAM_CUT -> List.of("ask again; koine ask --no-stream … asks for the whole answer at once");
            case FILTERED, LIMIT_EXCEEDED, UNSUPPORTED, CANCELLED -> List.of();
            case PLUGIN -> List.of("koine plugins list");
        };
    }

    /** A password has no place in the configuration: the setting says where it is. */
    private static List<String> proxyFix(ProviderFailure failure, ProviderEntry entry) {
        boolean saved = entry.from() == ProviderEntry.From.CONFIG;
        if (failure.field().filter("proxy-auth"::equals).isEmpty()) {
            return List.of(saved ? "koine providers test " + entry.id() : "check the address of the proxy");
        }
        return saved ? List.of("koine providers set " + entry.id() + " proxy-auth env:PROXY_LOGIN",
                "export PROXY_LOGIN=USER:PASSWORD")
                : List.of(
                        "export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT          the login in the proxy's address");
    }

    private static boolean isOfProxy(ProviderFailure failure) {
        return failure.field().filter("proxy"::equals).isPresent();
    }

    private static List<String> proxyFix(String id, boolean saved) {
        return List.of(saved ? "koine providers test " + id : "check the proxy",
                saved ? "koine providers set " + id + " proxy http://HOST:PORT"
                        : "export HTTPS_PROXY=http://HOST:PORT");
    }

    private static List<String> versionFix(String id, boolean saved) {
        return List.of(saved ? "koine providers set " + id + " api-version VERSION" : "name another --api-version");
    }

    private static List<String> keyFix(ProviderEntry entry) {
        var steps = new ArrayList<String>();
        switch (entry.from()) {
            case ONE_SHOT -> steps.add("add --key-ref env:NAME");
            case CONFIG -> steps.add("koine keys set " + entry.id());
            case PRESET -> {
                steps.add("koine providers add " + entry.id());
                entry.preset().ifPresent(preset -> preset.keyEnv().stream().findFirst()
                        .ifPresent(name -> steps.add("export " + name + "=…")));
            }
            case ATTACHED -> {}
        }
        entry.preset().flatMap(Preset::keyUrl).ifPresent(url -> steps.add("get a key at " + url));
        return steps;
    }

    private List<String> hostFix(ProviderEntry entry) {
        String host = entry.settings().baseUrl()
                .map(url -> url.replaceFirst("^[a-z]+://", "").replaceFirst("[/:?].*$", ""))
                .orElse("");
        var near = Nearest.to(host, registry.presetHosts());
        boolean saved = entry.from() == ProviderEntry.From.CONFIG;
        return near.map(name -> List.of(saved
                ? "koine providers set " + entry.id() + " base-url " + other(entry, host, name) + keyGoesAlong(entry)
                : "did you mean " + other(entry, host, name) + "?"))
                .orElse(List.of("check the spelling of " + (host.isEmpty() ? "the host" : host) + " and the network"));
    }

    private static String other(ProviderEntry entry, String host, String near) {
        return entry.settings().baseUrl().orElse("").replaceFirst(Pattern.quote(host), Matcher.quoteReplacement(near));
    }

    /** A key that is kept for one host goes to another only if the user says so. */
    private String keyGoesAlong(ProviderEntry entry) {
        boolean bound = entry.key().filter(key -> key.reference().equals("keyring:" + entry.id())).isPresent()
                && secrets.boundTo(entry.id()).isPresent();
        return bound ? " -y          its key goes along" : "";
    }

    private static List<String> pathFix(ProviderEntry entry, boolean saved) {
        return saved
                ? List.of("koine providers test " + entry.id(), "koine providers set " + entry.id() + " base-url URL")
                : List.of("check the URL: most end in /v1, and --dialect NAME says who puts what behind it");
    }

    private List<String> modelFix(ProviderEntry entry, Optional<ModelEntry> model) {
        var steps = new ArrayList<String>();
        model.flatMap(asked -> asked.lifecycle().flatMap(fact -> fact.value().replacement()))
                .ifPresent(next -> steps.add("koine ask -m " + entry.id() + "/" + next + " …"));
        var known = Stream.concat(registry.models(entry).stream().map(ModelEntry::id),
                registry.cache().read(entry.id()).stream().map(ModelListing::id)).distinct().toList();
        model.filter(asked -> !known.contains(asked.id())).flatMap(asked -> Nearest.model(asked.id(), known))
                .ifPresent(
                        near -> steps.add("did you mean " + near + "? koine ask -m " + entry.id() + "/" + near + " …"));
        if (entry.from() == ProviderEntry.From.CONFIG) {
            steps.add("koine models refresh " + entry.id());
        }
        entry.preset().flatMap(Preset::docs).ifPresent(url -> steps.add("see " + url));
        if (steps.isEmpty()) {
            steps.add("check the spelling of the model's id with the endpoint's own list");
        }
        return steps;
    }

    private List<String> lengthFix(ProviderFailure failure, ProviderEntry entry,
            Optional<ModelEntry> model) {
        var steps = new ArrayList<>(
                List.of("koine ask --truncate middle …          leaves out the middle; or send less"));
        var window = model.flatMap(ModelEntry::contextWindow);
        window.flatMap(known -> registry.models().stream().filter(other -> other.enabled()
                && other.contextWindow().filter(larger -> larger.value() > known.value()).isPresent()).findFirst())
                .ifPresent(other -> steps.add("koine ask -m " + other.ref() + " …          takes "
                        + RequestCheck.grouped(other.contextWindow().orElseThrow().value())));
        if (isOwn(failure)) {
            model.ifPresent(asked -> steps.add("koine models set " + asked.ref() + " context-window TOKENS"));
        }
        var said = OverflowWords.of(failure).window();
        if (said.isPresent() && window.filter(known -> known.value() == said.getAsLong()).isEmpty()
                && entry.from() == ProviderEntry.From.CONFIG) {
            model.ifPresent(asked -> steps.add("koine models set " + asked.ref() + " context-window "
                    + said.getAsLong() + "          keeps what the service says"));
        }
        return steps;
    }

    private static List<String> docs(ProviderEntry entry, String step) {
        return entry.preset().flatMap(Preset::docs).map(url -> List.of(step, "see " + url)).orElse(List.of(step));
    }

    /** Return what was sent in one line; of a web page its title, if it has one. */
    private static String quoted(String text) {
        String line = Html.title(text).map(title -> "a web page, titled: " + title).orElse(text).replaceAll("\\s+",
                " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
