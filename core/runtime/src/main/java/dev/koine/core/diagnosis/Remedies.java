package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.KoineException;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.Nearest;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import dev.koine.spi.SecretRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks for settings with which the endpoint answers. Each is tried with a free request before it is named; a key goes to
 * no other origin than the one that it belongs to. What is tried comes from the presets and dialects at hand.
 */
final class Remedies {
    private static final int TRIALS = 24;
    private static final Set<FailureKind> KEY = EnumSet.of(FailureKind.AUTH_REJECTED, FailureKind.AUTH_MISSING,
            FailureKind.FORBIDDEN);

    private final Presets presets;
    private final Dialects dialects;

    Remedies(Presets presets, Dialects dialects) {
        this.presets = requireNonNull(presets, "presets is null");
        this.dialects = requireNonNull(dialects, "dialects is null");
    }

    /** Find another path on the same origin that is answered as a path that is there. */
    Optional<Remedy> path(Endpoint endpoint, ModelEntry model) {
        var asked = new LinkedHashSet<URI>();
        asked.add(endpoint.call(model, Tiny.whole()).uri());
        Optional<Remedy> likely = Optional.empty();
        for (Remedy remedy : paths(endpoint)) {
            var changed = with(endpoint, remedy, endpoint.entry().key());
            var call = call(changed, model);
            if (call.isEmpty() || asked.size() > TRIALS || !asked.add(call.get().uri())) {
                continue;
            }
            var here = Control.of(changed, Control.emptied(call.get()));
            if (here.isEmpty() || here.get().isAboutPath()) {
                continue;
            }
            var astray = Control.of(changed, Control.astray(call.get()));
            if (astray.isPresent() && !astray.get().isLike(here.get())) {
                return Optional.of(remedy);
            }
            likely = likely.or(() -> Optional.of(remedy));
        }
        return likely;
    }

    /** Find the version that the dialect itself would ask for, where the user's own is not known to the endpoint. */
    Optional<Remedy> version(Endpoint endpoint, ModelEntry model) {
        var settings = endpoint.entry().settings();
        var written = settings.baseUrl().filter(url -> url.contains("api-version="));
        Remedy without;
        if (written.isPresent()) {
            without = Remedy.of("base-url", written.get().replaceFirst("\\?.*", ""));
        } else if (settings.apiVersion().isPresent()) {
            without = Remedy.without("api-version");
        } else {
            return Optional.empty();
        }
        var changed = with(endpoint, without, endpoint.entry().key());
        var call = call(changed, model);
        if (call.isEmpty() || call.get().uri().equals(endpoint.call(model, Tiny.whole()).uri())) {
            return Optional.empty();
        }
        var before = Control.of(endpoint, Control.emptied(endpoint.call(model, Tiny.whole())));
        var here = Control.of(changed, Control.emptied(call.get()));
        if (here.isEmpty() || here.get().isAboutPath() || before.filter(here.get()::isLike).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(written.isPresent() ? without : parameter(call.get().uri(), "api-version")
                .map(version -> Remedy.of("api-version", version)).orElse(without));
    }

    /** Find another way for the same key to travel that is not refused, nor answered as if there were no key. */
    Optional<Remedy> auth(Endpoint endpoint, ModelEntry model) {
        if (endpoint.entry().key().isEmpty()) {
            return Optional.empty();
        }
        var styles = new LinkedHashSet<>(List.of("bearer", "header:api-key", "header:x-api-key"));
        presets.all().forEach(preset -> preset.provider().text("auth").ifPresent(styles::add));
        var now = call(endpoint, model).map(HttpCall::auth);
        var keyless = call(endpoint, model).flatMap(call -> Control.of(endpoint,
                Control.emptied(call).toBuilder().auth(new Auth.None()).build()));
        for (String style : styles) {
            var remedy = Remedy.of("auth", style);
            var changed = with(endpoint, remedy, endpoint.entry().key());
            var call = call(changed, model);
            if (call.isEmpty() || call.map(HttpCall::auth).equals(now)) {
                continue;
            }
            var here = Control.of(changed, Control.emptied(call.get()));
            if (here.isPresent() && !here.get().isAboutPath()
                    && here.get().failure().filter(said -> KEY.contains(said.kind())).isEmpty()
                    && keyless.filter(here.get()::isLike).isEmpty() && here.get().status() < 500) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }

    /** Find out whether the endpoint is reached without the proxy. */
    Optional<Remedy> direct(Endpoint endpoint, HttpCall knock) {
        var remedy = Remedy.of("proxy", "direct");
        return answers(with(endpoint, remedy, Optional.empty()), knock, said -> true) ? Optional.of(remedy)
                : Optional.empty();
    }

    /** Find out whether the same port answers with the other scheme. */
    Optional<Remedy> scheme(Endpoint endpoint, HttpCall knock) {
        String base = endpoint.entry().settings().baseUrl().map(Remedies::tidied).orElse("");
        boolean secure = base.startsWith("https:");
        if (base.isEmpty()) {
            return Optional.empty();
        }
        var remedy = Remedy.of("base-url", secure ? "http" + base.substring("https".length())
                : "https" + base.substring("http".length()));
        var other = URI.create(knock.uri().toString().replaceFirst("^https?:", secure ? "http:" : "https:"));
        return answers(with(endpoint, remedy, Optional.empty()), knock.toBuilder().uri(other).build(),
                said -> !secure && said.kind() == FailureKind.TLS && said.field().filter("tls.ca-file"::equals)
                        .isPresent())
                                ? Optional.of(remedy) : Optional.empty();
    }

    /** Find a name of the certificate under which the same server is reached. */
    Optional<Remedy> host(Endpoint endpoint, HttpCall knock, List<String> names) {
        String base = endpoint.entry().settings().baseUrl().map(Remedies::tidied).orElse("");
        for (String name : names) {
            if (base.isEmpty() || name.startsWith("*")) {
                continue;
            }
            var parsed = BaseUrl.parse(base);
            String host = parsed.origin().host();
            var remedy = Remedy.of("base-url", base.replaceFirst("(?i)//" + java.util.regex.Pattern.quote(host),
                    "//" + name));
            var other = URI.create(knock.uri().toString()
                    .replaceFirst("//" + java.util.regex.Pattern.quote(host), "//" + name));
            if (answers(with(endpoint, remedy, Optional.empty()), knock.toBuilder().uri(other).build(),
                    said -> false)) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }

    /** Find the host of a preset that is spelled nearly like a name that does not exist. Nobody there is asked. */
    Optional<Remedy> nearName(Endpoint endpoint) {
        String base = endpoint.entry().settings().baseUrl().map(Remedies::tidied).orElse("");
        if (base.isEmpty()) {
            return Optional.empty();
        }
        var hosts = presets.all().stream().flatMap(preset -> preset.match().stream())
                .flatMap(match -> match.hosts().stream()).filter(host -> !host.startsWith("*")).toList();
        String host = BaseUrl.parse(base).origin().host();
        return Nearest.to(host, hosts).map(near -> Remedy.of("base-url", base.replace("//" + host, "//" + near)));
    }

    private static boolean answers(Endpoint endpoint, HttpCall call, Predicate<dev.koine.api.ProviderFailure> good) {
        try {
            String text = endpoint.send(call).text();
            return !text.contains("HTTPS port");
        } catch (ProviderFailureException e) {
            return e.failure().kind() == FailureKind.REDIRECT || e.failure().status().isPresent()
                    || e.failure().kind() == FailureKind.TLS && good.test(e.failure());
        } catch (KoineException e) {
            return false;
        }
    }

    private List<Remedy> paths(Endpoint endpoint) {
        var entry = endpoint.entry();
        var written = entry.settings().baseUrl().map(Remedies::tidied);
        if (written.isEmpty()) {
            return List.of();
        }
        var base = BaseUrl.parse(written.get());
        String query = base.query().map(text -> "?" + text).orElse("");
        var found = new ArrayList<Remedy>();
        if (entry.settings().apiPath().isPresent()) {
            found.add(Remedy.without("api-path"));
        }
        entry.preset().or(() -> presets.match(base)).filter(preset -> path(preset).isPresent()).ifPresent(preset -> {
            var remedy = rebased(base, path(preset).orElseThrow() + query);
            found.add(preset.dialect().equals(endpoint.dialectId()) ? remedy
                    : remedy.and(Remedy.of("dialect", preset.dialect())));
        });
        presets.all().forEach(preset -> filled(preset, base).ifPresent(path -> found.add(rebased(base, path + query))));
        found.add(rebased(base, base.withSegments(base.segments().stream()
                .map(segment -> segment.replaceFirst("^v\\d+", "v1")).toList()).path() + query));
        var near = new LinkedHashSet<String>();
        for (int length = base.segments().size() - 1; length >= 0; length--) {
            near.add(base.withSegments(base.segments().subList(0, length)).path());
        }
        near.forEach(path -> found.add(rebased(base, path + query)));
        var others = dialects.builtInIds().stream().filter(id -> !id.equals(endpoint.dialectId())).sorted().toList();
        others.forEach(id -> found.add(Remedy.of("dialect", id)));
        var known = presets.all().stream().flatMap(preset -> path(preset).stream()).toList();
        known.stream().distinct().filter(path -> !near.contains(path))
                .sorted((a, b) -> count(known, b) - count(known, a))
                .forEach(path -> found.add(rebased(base, path + query)));
        near.forEach(path -> others.forEach(
                id -> found.add(rebased(base, path + query).and(Remedy.of("dialect", id)))));
        return found.stream().map(remedy -> changing(remedy, entry)).filter(remedy -> !remedy.settings().isEmpty())
                .toList();
    }

    private static int count(List<String> all, String one) {
        return (int) all.stream().filter(one::equals).count();
    }

    /** Return the remedy without what is so already. */
    private static Remedy changing(Remedy remedy, ProviderEntry entry) {
        var settings = new LinkedHashMap<>(remedy.settings());
        settings.entrySet().removeIf(setting -> entry.settings().table().text(setting.getKey())
                .map(value -> setting.getKey().equals("base-url") ? tidied(value) : value).equals(setting.getValue()));
        return new Remedy(settings);
    }

    private static Remedy rebased(BaseUrl base, String path) {
        return Remedy.of("base-url", base.origin() + path);
    }

    /** Return the path of a preset's base URL; empty where a placeholder stands in it. */
    private static Optional<String> path(Preset preset) {
        String path = preset.baseUrl().replaceFirst("^https?://[^/]*", "").replaceFirst("/+$", "");
        return path.indexOf('{') < 0 ? Optional.of(path) : Optional.empty();
    }

    /** Return a preset's path with what the user's has in place of its placeholders; empty where it is another form. */
    private static Optional<String> filled(Preset preset, BaseUrl base) {
        var form = List.of(preset.baseUrl().replaceFirst("^https?://[^/]*/?", "").split("/"));
        var written = base.segments();
        if (form.size() != written.size() || form.stream().noneMatch(segment -> segment.startsWith("{"))) {
            return Optional.empty();
        }
        return Optional.of("/" + IntStream.range(0, form.size())
                .mapToObj(at -> form.get(at).startsWith("{") ? written.get(at) : form.get(at))
                .collect(Collectors.joining("/")));
    }

    private static String tidied(String written) {
        try {
            return BaseUrl.parse(written).toString();
        } catch (KoineException e) {
            return ""; // placeholders: the address is made of other settings
        }
    }

    private static Endpoint with(Endpoint endpoint, Remedy remedy, Optional<SecretRef> key) {
        return endpoint.as(remedy.applied(endpoint.entry(), key));
    }

    private static Optional<HttpCall> call(Endpoint endpoint, ModelEntry model) {
        try {
            return endpoint.dialect().isPresent() ? Optional.of(endpoint.call(model, Tiny.whole())) : Optional.empty();
        } catch (KoineException e) {
            return Optional.empty(); // this dialect cannot be spoken with these settings
        }
    }

    private static Optional<String> parameter(URI uri, String name) {
        return Stream.of(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&"))
                .filter(pair -> pair.startsWith(name + "=")).map(pair -> pair.substring(name.length() + 1)).findFirst();
    }
}
