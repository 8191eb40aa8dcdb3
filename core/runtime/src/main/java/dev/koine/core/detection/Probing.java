package dev.koine.core.detection;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.detection.ProbeReport.Certainty;
import dev.koine.core.detection.ProbeReport.Endpoint;
import dev.koine.core.detection.ProbeReport.Evidence;
import dev.koine.core.detection.ProbeReport.Service;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.secret.SecretException;
import dev.koine.core.transport.HttpAnswer;
import dev.koine.spi.Auth;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import dev.koine.spi.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** One probe. Cheap questions come first, and each is asked only while its answer could change what is concluded. */
final class Probing {
    /** How many requests a probe may make. */
    static final int REQUESTS = 20;
    /** How much of an answer is read. */
    private static final int BYTES = 4 << 20;
    /** A path that no server has, to see what one says then. */
    private static final String NOWHERE = "/koine-asks-for-nothing";
    /** Nobody at all answers; whatever else is asked there, it fails the same way. */
    private static final Set<FailureKind> SILENT = Set.of(FailureKind.DNS, FailureKind.REFUSED,
            FailureKind.UNREACHABLE, FailureKind.TLS, FailureKind.CONNECT_TIMEOUT, FailureKind.CONNECTION_LOST,
            FailureKind.TOTAL_TIMEOUT, FailureKind.CANCELLED);

    private final Probe probe;
    private final Sender sender;
    private final Dialects dialects;
    private final Presets presets;
    private final Signatures signatures;
    private final BaseUrl given;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Map<URI, Optional<Seen>> asked = new LinkedHashMap<>();
    private Optional<ProviderFailure> failure = Optional.empty();
    private Optional<Candidate> chosen = Optional.empty();
    private Certainty certainty = Certainty.ASSUMED;
    private String because = "";
    private List<String> models = List.of();

    /** An answer with what it proves. */
    private record Seen(String request, Answer answer, Reply reply, List<Signature> proves) {
        Optional<Verdict> verdict() {
            return proves.stream().flatMap(signature -> signature.verdict().stream()).findFirst();
        }

        boolean is(Verdict verdict) {
            return verdict().equals(Optional.of(verdict));
        }

        boolean provesRoute() {
            return verdict().filter(Verdict::provesRoute).isPresent();
        }

        String told() {
            return request + " answered " + answer.status()
                    + proves.stream().findFirst().map(signature -> ": " + signature.says()).orElse("");
        }
    }

    Probing(Probe probe, Sender sender, Dialects dialects, Presets presets, Signatures signatures) {
        this.probe = probe;
        this.sender = sender;
        this.dialects = dialects;
        this.presets = presets;
        this.signatures = signatures;
        this.given = probe.config().requireBaseUrl();
    }

    ProbeReport run() {
        var candidates = Candidate.of(probe.config(), probe.dialect(), signatures, dialects);
        byModels(candidates);
        confirm(candidates);
        if (chosen.isEmpty()) {
            byChat(candidates);
        }
        var fingerprint = fingerprint();
        Optional<ProbeReport.Auth> auth = chosen.flatMap(this::auth);
        if (probe.effort().completion()) {
            chosen.ifPresentOrElse(candidate -> completion(candidate, auth), () -> byCompletion(candidates));
        }
        var endpoint = chosen.map(candidate -> new Endpoint(candidate.dialect(), candidate.base(),
                line(candidate.chat()), certainty, because));
        return new ProbeReport(given, evidence, endpoint, auth, service(fingerprint), models,
                failure.filter(_ -> seen.isEmpty()), notes);
    }

    /** The list of models is free, and most endpoints have it beside the chat completions. */
    private void byModels(List<Candidate> candidates) {
        for (var candidate : candidates) {
            var answer = candidate.models().flatMap(call -> ask(Asked.MODELS, call));
            if (answer.filter(Seen::provesRoute).isPresent()) {
                choose(candidate, Certainty.LIKELY, answer.get().told());
                if (answer.get().is(Verdict.WORKS)) {
                    models = listed(candidate, answer.get());
                } else if (answer.get().is(Verdict.AUTH) && refusesAnything(candidate)) {
                    certainty = Certainty.ASSUMED;
                    because = answer.get().told() + ", and so does a path that nobody has";
                }
                return;
            }
        }
    }

    /** A list may stand beside another path than the chat completions: ask there too, and at the neighbour's. */
    private void confirm(List<Candidate> candidates) {
        if (chosen.isEmpty()) {
            return;
        }
        var first = chosen.get();
        var answer = ask(Asked.CHAT, get(first.chat().uri()));
        if (answer.filter(Seen::provesRoute).isPresent()) {
            if (certainty != Certainty.ASSUMED) {
                choose(first, Certainty.PROVEN, answer.get().told());
            }
            return;
        }
        if (answer.filter(seen -> seen.is(Verdict.ROUTE)).isEmpty()) {
            return;
        }
        for (var other : candidates) {
            if (other.given() && !other.equals(first)) {
                var there = ask(Asked.CHAT, get(other.chat().uri()));
                if (there.filter(Seen::provesRoute).isPresent()) {
                    choose(other, Certainty.PROVEN, there.get().told() + "; " + answer.get().told());
                    models = List.of();
                    notes.add("the list of models stands at another path, and may be that of another product");
                    return;
                }
            }
        }
    }

    /** Without a list of models the path itself may still say that it is there. */
    private void byChat(List<Candidate> candidates) {
        for (var candidate : candidates) {
            var answer = ask(Asked.CHAT, get(candidate.chat().uri()));
            if (answer.filter(Seen::provesRoute).isPresent()) {
                boolean sure = !answer.get().is(Verdict.AUTH) || !refusesAnything(candidate);
                choose(candidate, sure ? Certainty.PROVEN : Certainty.ASSUMED, answer.get().told());
                return;
            }
        }
    }

    private void choose(Candidate candidate, Certainty sure, String reason) {
        chosen = Optional.of(candidate);
        certainty = sure;
        because = reason;
    }

    /** Whoever refuses a path that nobody has says nothing about any path. */
    private boolean refusesAnything(Candidate candidate) {
        var uri = candidate.chat().uri();
        String path = uri.getRawPath().replaceFirst("/[^/]+/[^/]+$", "");
        return ask(Asked.OTHER, get(URI.create(candidate.base().origin() + path + NOWHERE)))
                .filter(seen -> seen.is(Verdict.AUTH)).isPresent();
    }

    private List<String> listed(Candidate candidate, Seen answer) {
        try {
            return candidate.provider().models().map(list -> list.decode(answer.reply())).orElse(List.of()).stream()
                    .map(ModelListing::id).toList();
        } catch (ProviderFailureException e) {
            return List.of();
        }
    }

    // ── who it is ──

    /** Servers that people run themselves have a path of their own by which they are known. */
    private Optional<Service> fingerprint() {
        if (presets.match(given).isPresent()
                || byAnswers(preset -> preset.filter(Preset::local).isPresent()).isPresent()
                || seen.isEmpty()) {
            return Optional.empty();
        }
        for (var preset : LocalServers.detectable(presets.all(), given.origin().port())) {
            var detect = preset.detect().orElseThrow();
            if (detect.path().endsWith("/models") && asked.containsKey(URI.create(given.origin() + detect.path()))) {
                continue;
            }
            var answer = ask(Asked.OTHER, get(URI.create(given.origin() + detect.path())));
            if (answer.filter(found -> found.answer().status() == 200
                    && detect.recognises(found.answer().text(), found.answer().json())).isPresent()) {
                return Optional.of(new Service(preset.id(), preset.name(), Certainty.PROVEN,
                        "GET " + detect.path() + " answers as " + preset.name() + " does"));
            }
        }
        return Optional.empty();
    }

    private Optional<Service> service(Optional<Service> fingerprint) {
        var host = presets.match(given).map(preset -> new Service(preset.id(), preset.name(), Certainty.PROVEN,
                "the host is that of " + preset.name()));
        return host.or(() -> byAnswers(preset -> preset.filter(Preset::local).isPresent())).or(() -> fingerprint)
                .or(() -> byAnswers(_ -> true));
    }

    private Optional<Service> byAnswers(Predicate<Optional<Preset>> which) {
        for (var answer : seen) {
            for (var signature : answer.proves()) {
                var preset = signature.service().flatMap(presets::find);
                if (signature.service().isPresent() && which.test(preset)) {
                    String id = signature.service().get();
                    return Optional.of(new Service(id, preset.map(Preset::name).orElse(id), Certainty.LIKELY,
                            answer.told()));
                }
            }
        }
        return Optional.empty();
    }

    // ── how the key travels ──

    private Optional<ProbeReport.Auth> auth(Candidate candidate) {
        var free = candidate.models().map(HttpCall::uri).map(asked::get).flatMap(found -> found);
        var chat = Optional.ofNullable(asked.get(candidate.chat().uri())).flatMap(found -> found);
        boolean refused = free.filter(found -> found.is(Verdict.AUTH)).isPresent()
                || chat.filter(found -> found.is(Verdict.AUTH)).isPresent();
        Optional<Boolean> wanted = refused ? Optional.of(true) : Optional.empty();
        var named = seen.stream().flatMap(found -> found.proves().stream())
                .filter(signature -> signature.authStyle().isPresent()).findFirst();
        var own = style(candidate.chat().auth());
        var usual = own.orElse(new AuthStyle.Bearer());
        var first = probe.config().authStyle().or(() -> named.flatMap(Signature::authStyle).flatMap(AuthStyle::parse))
                .orElse(usual);
        String reason = probe.config().authStyle().isPresent() ? "so it is configured"
                : named.map(Signature::says).orElse("so the dialect " + candidate.dialect() + " does it");
        var sure = named.isPresent() ? Certainty.LIKELY : Certainty.ASSUMED;
        if (probe.config().apiKey().isEmpty() || !refused) {
            return Optional
                    .of(new ProbeReport.Auth(word(first), first.equals(usual), wanted, Optional.empty(), sure, reason));
        }
        Set<AuthStyle> styles = new LinkedHashSet<>();
        styles.add(first);
        styles.addAll(candidate.auth());
        for (var style : styles) {
            var changed = candidate.with(style, dialects);
            var call = changed.flatMap(Candidate::models)
                    .or(() -> changed.map(with -> get(with.chat().uri()).toBuilder().auth(with.chat().auth()).build()));
            var answer = call.flatMap(with -> send(Asked.MODELS, with, true));
            if (answer.isEmpty()) {
                return Optional.of(
                        new ProbeReport.Auth(word(first), first.equals(usual), wanted, Optional.empty(), sure, reason));
            }
            if (answer.filter(found -> !found.is(Verdict.AUTH)).isPresent()) {
                chosen = changed;
                if (answer.get().is(Verdict.WORKS)) {
                    models = listed(candidate, answer.get());
                    certainty = Certainty.PROVEN;
                    because = answer.get().told();
                }
                return Optional.of(new ProbeReport.Auth(word(style), style.equals(usual), wanted, Optional.of(true),
                        Certainty.PROVEN,
                        answer.get().told()));
            }
        }
        return Optional
                .of(new ProbeReport.Auth(word(first), first.equals(usual), wanted, Optional.of(false), sure, reason));
    }

    private static Optional<AuthStyle> style(Auth auth) {
        return switch (auth) {
            case Auth.None() -> Optional.empty();
            case Auth.Bearer(var key) -> Optional.of(new AuthStyle.Bearer());
            case Auth.Header(var name, var key) -> Optional.of(new AuthStyle.Header(name));
            case Auth.Query(var name, var key) -> Optional.of(new AuthStyle.Query(name));
        };
    }

    private static String word(AuthStyle style) {
        return switch (style) {
            case AuthStyle.None() -> "none";
            case AuthStyle.Bearer() -> "bearer";
            case AuthStyle.Header(var name) -> "header:" + name;
            case AuthStyle.Query(var name) -> "query:" + name;
        };
    }

    /** Path, key and model together are proved by a completion alone. */
    private void completion(Candidate candidate, Optional<ProbeReport.Auth> auth) {
        var model = probe.effort().model().or(() -> models.stream().findFirst());
        if (model.isEmpty()) {
            notes.add("no completion was asked for: no model is known (-m names one)");
            return;
        }
        boolean useless = auth.flatMap(ProbeReport.Auth::accepted).filter(taken -> !taken).isPresent();
        if (useless) {
            notes.add("no completion was asked for: the key was refused");
            return;
        }
        var from = chosen.orElse(candidate);
        var answer = send(Asked.COMPLETION, from.completion(model.get()), probe.config().apiKey().isPresent());
        answer.filter(Seen::provesRoute).ifPresent(found -> choose(from, Certainty.PROVEN, found.told()));
    }

    /** Where nothing free told: a completion at each of the addresses that were given, until one is there. */
    private void byCompletion(List<Candidate> candidates) {
        if (probe.effort().model().isEmpty()) {
            notes.add("no completion was asked for: no model is known (-m names one)");
            return;
        }
        boolean withKey = probe.config().apiKey().isPresent();
        for (var candidate : candidates) {
            var answer = candidate.given()
                    ? send(Asked.COMPLETION, candidate.completion(probe.effort().model().get()), withKey)
                    : Optional.<Seen>empty();
            if (answer.filter(Seen::provesRoute).isPresent()) {
                choose(candidate, Certainty.PROVEN, answer.get().told());
                return;
            }
        }
    }

    // ── asking ──

    private static HttpCall get(URI uri) {
        return HttpCall.get(uri, new Auth.None());
    }

    private static String line(HttpCall call) {
        return call.method() + " " + call.uri();
    }

    /** Ask without a key, each address once. */
    private Optional<Seen> ask(Asked what, HttpCall call) {
        var known = asked.get(call.uri());
        if (known != null) {
            return known;
        }
        var answer = send(what, call.toBuilder().auth(new Auth.None()).build(), false);
        asked.put(call.uri(), answer);
        return answer;
    }

    private Optional<Seen> send(Asked what, HttpCall call, boolean withKey) {
        if (failure.isPresent() || !Origin.of(call.uri()).equals(given.origin())) {
            return Optional.empty();
        }
        if (evidence.size() >= REQUESTS) {
            String enough = "no more was asked: " + REQUESTS + " requests are enough";
            if (!notes.contains(enough)) {
                notes.add(enough);
            }
            return Optional.empty();
        }
        try (HttpAnswer answer = sender.send(call)) {
            var reply = answer.readUpTo(BYTES);
            var read = Answer.of(what, reply);
            var found = new Seen(line(call), read, reply, signatures.matching(read));
            seen.add(found);
            evidence.add(new Evidence(line(call), withKey, OptionalInt.of(read.status()), read.contentType(),
                    read.firstLine(), found.verdict(), found.proves().stream().map(Signature::says).toList()));
            return Optional.of(found);
        } catch (ProviderFailureException e) {
            return failed(what, call, withKey, e.failure());
        } catch (ConfigurationException | SecretException e) {
            notes.add("not asked: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A redirect that is not followed is an answer; a key that must not travel in the open is none. */
    private Optional<Seen> failed(Asked what, HttpCall call, boolean withKey, ProviderFailure failed) {
        if (failed.kind() == FailureKind.INSECURE || failed.kind() == FailureKind.AUTH_MISSING) {
            notes.add("no key was sent: " + failed.message());
            return Optional.empty();
        }
        var status = failed.status();
        if (failed.kind() == FailureKind.REDIRECT && status.isPresent()) {
            var read = new Answer(what, status.getAsInt(), Map.of(), "", Optional.<Json>empty());
            var proves = signatures.matching(read);
            evidence.add(new Evidence(line(call), withKey, status, Optional.empty(), failed.message(),
                    proves.stream().flatMap(signature -> signature.verdict().stream()).findFirst(),
                    proves.stream().map(Signature::says).toList()));
            return Optional.empty();
        }
        evidence.add(new Evidence(line(call), withKey, status, Optional.empty(), failed.message(), Optional.empty(),
                List.of()));
        if (SILENT.contains(failed.kind())) {
            failure = Optional.of(failed);
        }
        return Optional.empty();
    }
}
