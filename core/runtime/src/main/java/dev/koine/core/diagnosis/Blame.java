package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.core.Nearest;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.PresetModel;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says which setting a failed completion is to be blamed on, after trying what can be tried for free. */
final class Blame {
    private static final Set<FailureKind> PATH = EnumSet.of(FailureKind.WRONG_PATH, FailureKind.HTML,
            FailureKind.REDIRECT, FailureKind.UNEXPECTED_ANSWER, FailureKind.EMPTY);

    private final Remedies remedies;
    private final Registry registry;

    Blame(Remedies remedies, Registry registry) {
        this.remedies = requireNonNull(remedies, "remedies is null");
        this.registry = requireNonNull(registry, "registry is null");
    }

    Fault of(ProviderFailure failure, Evidence evidence) {
        if (evidence.call().isEmpty()) {
            return Fault.of(failure);
        }
        if (failure.kind() == FailureKind.API_VERSION) {
            return new Fault(StageName.ROUTE, version(failure, evidence).orElse(failure));
        }
        if (PATH.contains(failure.kind())) {
            return path(failure, evidence);
        }
        return switch (failure.kind()) {
            case AUTH_REJECTED, AUTH_MISSING -> new Fault(StageName.AUTH, auth(failure, evidence));
            case MODEL_UNKNOWN, MODEL_FORBIDDEN, MODEL_RETIRED -> new Fault(StageName.MODEL, model(failure, evidence));
            case DEPLOYMENT_UNKNOWN -> new Fault(StageName.MODEL, deployment(failure, evidence));
            case FORBIDDEN -> new Fault(StageName.AUTH, forbidden(failure, evidence));
            case INVALID_REQUEST, PROVIDER, SERVER -> unclear(failure, evidence);
            default -> asItIs(failure, evidence);
        };
    }

    private static Fault asItIs(ProviderFailure failure, Evidence evidence) {
        return new Fault(Fault.of(failure).stage(), Words.withFurtherSteps(failure, evidence));
    }

    /** Some services say only that something is wrong, be it the path, the model or the request. */
    private Fault unclear(ProviderFailure failure, Evidence evidence) {
        if (failure.field().isEmpty() && failure.kind() == FailureKind.INVALID_REQUEST
                && RouteControl.isLikeAstray(evidence.endpoint(), evidence.call().orElseThrow(), failure)) {
            return path(evidence.endpoint().explained(Words.rejudged(failure, FailureKind.WRONG_PATH).build(),
                    evidence.model()), evidence);
        }
        return unlisted(failure, evidence).map(unknown -> new Fault(StageName.MODEL, model(unknown, evidence)))
                .orElseGet(() -> asItIs(failure, evidence));
    }

    /**
     * Some services say of an unknown model only that something is wrong. Where the model is in no list of theirs, and one
     * that cannot be there gets the same answer, it is the model.
     */
    private static Optional<ProviderFailure> unlisted(ProviderFailure failure, Evidence evidence) {
        String asked = evidence.asked().id();
        boolean missing = failure.field().isEmpty() && evidence.model().isPresent() && evidence.models()
                .filter(found -> !found.isEmpty() && found.stream().noneMatch(known -> known.id().endsWith(asked)))
                .isPresent();
        if (!missing || !RouteControl.isLikeStranger(evidence.endpoint(), evidence.asked(), Tiny.whole(), failure)) {
            return Optional.empty();
        }
        return Optional.of(evidence.endpoint().explained(Words.rejudged(failure, FailureKind.MODEL_UNKNOWN)
                .why("it is not in the endpoint's own list, and a model that cannot be there is answered the same"
                        + said(failure))
                .build(), evidence.model()));
    }

    /** A key that may not even list the models is hardly a key of the service; some say 403 to any that they do not know. */
    private static ProviderFailure forbidden(ProviderFailure failure, Evidence evidence) {
        var entry = evidence.endpoint().entry();
        boolean everywhere = evidence.listFailure().isPresent();
        var told = entry.key().isEmpty() ? failure : Words.because(failure, everywhere
                ? "the list of models is refused too, so the key may be wrong"
                : evidence.models().isPresent() ? "the list of models is not refused, so the key may lack a right"
                        : "the key may be wrong, or lack a right");
        return Words.withFurtherSteps(entry.from() == ProviderEntry.From.CONFIG
                ? Words.first(told, List.of("koine keys set " + entry.id())) : told, evidence);
    }

    private Optional<ProviderFailure> version(ProviderFailure failure, Evidence evidence) {
        return remedies.version(evidence.endpoint(), evidence.asked()).map(remedy -> Words.mended(
                Words.because(failure, "another version is known there"), remedy, evidence).toBuilder()
                .field("api-version").build());
    }

    private Fault path(ProviderFailure failure, Evidence evidence) {
        var endpoint = evidence.endpoint();
        var judged = RouteControl.judge(endpoint, evidence.asked(), evidence.call().orElseThrow(), Tiny.whole());
        boolean notFound = failure.kind() == FailureKind.WRONG_PATH;
        if (judged.verdict() == RouteControl.Verdict.THERE) {
            if (notFound && evidence.model().isPresent()) {
                var unknown = endpoint.explained(Words.rejudged(failure, FailureKind.MODEL_UNKNOWN)
                        .why("the path is there: " + judged.because() + said(failure)).build(), evidence.model());
                return new Fault(StageName.MODEL, model(unknown, evidence));
            }
            return new Fault(failure.kind() == FailureKind.HTML || failure.kind() == FailureKind.REDIRECT
                    ? StageName.ROUTE : StageName.CHAT, Words.withFurtherSteps(inConversation(failure), evidence));
        }
        var told = Words.because(failure, judged.verdict() == RouteControl.Verdict.UNDECIDED
                ? "wrong path and wrong model cannot be told apart here: " + judged.because() : judged.because());
        return new Fault(StageName.ROUTE, version(told, evidence)
                .or(() -> remedies.path(endpoint, evidence.asked())
                        .map(remedy -> Words.mended(Words.because(told, "with the setting below it is there"), remedy,
                                evidence)))
                .orElseGet(() -> unfound(told, evidence)));
    }

    private static String said(ProviderFailure failure) {
        return failure.providerMessage().filter(text -> !text.isBlank() && text.length() < 300)
                .map(text -> "; it says: " + text.strip().replaceAll("\\s+", " ")).orElse("");
    }

    /** The path is there, so the address is not at fault, whatever the first look said. */
    private static ProviderFailure inConversation(ProviderFailure failure) {
        boolean address = failure.field().filter("base-url"::equals).isPresent();
        if (failure.kind() == FailureKind.HTML || failure.kind() == FailureKind.REDIRECT) {
            return failure;
        }
        var told = failure.toBuilder().fix(List.of());
        return address ? told.field("model").build() : told.build();
    }

    private static ProviderFailure unfound(ProviderFailure failure, Evidence evidence) {
        String field = failure.field().filter(Set.of("base-url", "api-version")::contains).orElse("base-url");
        var entry = evidence.endpoint().entry();
        var steps = new ArrayList<>(Words.set(entry, field, field.equals("base-url") ? "URL" : "VERSION").stream()
                .toList());
        entry.preset().flatMap(Preset::docs).ifPresent(url -> steps.add("see " + url));
        return failure.toBuilder().field(field).fix(steps).build();
    }

    private ProviderFailure auth(ProviderFailure failure, Evidence evidence) {
        return remedies.auth(evidence.endpoint(), evidence.asked()).map(remedy -> Words.mended(
                Words.because(failure, "the same key is taken when it travels otherwise"), remedy, evidence))
                .orElse(failure);
    }

    private ProviderFailure model(ProviderFailure failure, Evidence evidence) {
        var entry = evidence.endpoint().entry();
        var asked = evidence.asked();
        var ids = known(evidence);
        var better = replacement(asked).or(() -> near(asked.id(), ids, entry));
        var steps = new ArrayList<String>();
        better.ifPresentOrElse(id -> use(id, evidence).ifPresent(steps::add),
                () -> use("MODEL", evidence).ifPresent(steps::add));
        if (better.isEmpty() && !ids.isEmpty()) {
            steps.add("it has " + String.join(", ", ids.subList(0, Math.min(ids.size(), 5)))
                    + (ids.size() > 5 ? " and " + (ids.size() - 5) + " more" : ""));
        }
        if (entry.from() == ProviderEntry.From.CONFIG) {
            steps.add("koine models refresh " + entry.id());
        }
        boolean listed = evidence.models().isPresent() && ids.contains(asked.id());
        var told = listed ? Words.because(failure, "it is in the endpoint's own list, so this account may lack access")
                : failure;
        return Words.withFurtherSteps(told.toBuilder().fix(steps).build(), evidence);
    }

    /** Return the ids that the endpoint lists, or those that were stored of it. */
    private List<String> known(Evidence evidence) {
        var entry = evidence.endpoint().entry();
        return evidence.models().map(List::stream)
                .orElseGet(() -> registry.cache().read(entry.id()).stream())
                .map(ModelListing::id).distinct().toList();
    }

    private static Optional<String> replacement(ModelEntry model) {
        return model.lifecycle().filter(fact -> !fact.value().status().equals("active"))
                .flatMap(fact -> fact.value().replacement());
    }

    private static Optional<String> near(String asked, List<String> ids, ProviderEntry entry) {
        if (ids.isEmpty()) {
            return entry.preset().flatMap(preset -> Nearest.model(asked,
                    preset.models().stream().map(PresetModel::id).toList()));
        }
        return Nearest.model(asked, ids)
                .or(() -> ids.size() == 1 && !ids.contains(asked) ? Optional.of(ids.getFirst()) : Optional.empty());
    }

    private static Optional<String> use(String id, Evidence evidence) {
        var entry = evidence.endpoint().entry();
        if (entry.from() == ProviderEntry.From.ONE_SHOT) {
            return Optional.of("koine providers test --url "
                    + Remedy.Line.word(entry.settings().baseUrl().orElse("URL")) + " -m " + Remedy.Line.word(id));
        }
        return evidence.isNamed() || entry.from() != ProviderEntry.From.CONFIG
                ? Optional.of("koine providers test " + entry.id() + " -m " + Remedy.Line.word(id))
                : Words.set(entry, "default-model", id);
    }

    private static ProviderFailure deployment(ProviderFailure failure, Evidence evidence) {
        var model = evidence.asked();
        var entry = evidence.endpoint().entry();
        boolean own = model.settings().deployment().isPresent() && entry.from() == ProviderEntry.From.CONFIG;
        var step = own ? Optional.of("koine models set " + Remedy.Line.word(model.ref()) + " deployment NAME")
                : Words.set(entry, "deployment", "NAME");
        return Words.withFurtherSteps(failure.toBuilder().field("deployment").fix(step.stream().toList()).build(),
                evidence);
    }

    /** Return what is announced of a model, as a notice. */
    static Optional<String> lifecycle(ModelEntry model) {
        return model.life(LocalDate.now(ZoneOffset.UTC)).map(words -> words + "; the endpoint was asked anyway");
    }
}
