package dev.koine.core.diagnosis;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretException;
import dev.koine.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What a person is told to do about a fault. */
final class Words {
    private Words() {}

    /** Return a command that sets one of the provider's settings, where it can be set. */
    static Optional<String> set(ProviderEntry entry, String key, String value) {
        return Remedy.of(key, value).command(entry, Optional.empty());
    }

    static ProviderFailure mistaken(Endpoint endpoint, ConfigurationException e) {
        var entry = endpoint.entry();
        var failure = ProviderFailure.builder(FailureKind.WRONG_PATH).message(String.valueOf(e.getMessage()))
                .why("it is what " + e.field() + " says").field(e.field()).provider(entry.id());
        set(entry, e.field(), "VALUE").ifPresent(failure::fix);
        return failure.build();
    }

    static ProviderFailure keyless(ProviderEntry entry, SecretException e) {
        var steps = new LinkedHashSet<>(List.of(e.fix()));
        if (entry.from() == ProviderEntry.From.CONFIG && e.kind() != SecretException.Kind.ORIGIN) {
            steps.add("koine keys set " + entry.id());
        }
        entry.preset().flatMap(preset -> preset.keyUrl()).ifPresent(url -> steps.add("get a key at " + url));
        return ProviderFailure.builder(FailureKind.AUTH_MISSING).message(String.valueOf(e.getMessage()))
                .why(e.kind() == SecretException.Kind.ORIGIN
                        ? "a stored key is sent nowhere else than where it was meant for"
                        : "the provider names a key, and there is none in its place")
                .field(e.field())
                .provider(entry.id()).fix(List.copyOf(steps)).build();
    }

    /** Return the failure with another kind and nothing that was said of the former. */
    static ProviderFailure.Builder rejudged(ProviderFailure failure, FailureKind kind) {
        var fresh = ProviderFailure.builder(kind);
        failure.request().ifPresent(fresh::request);
        if (failure.status().isPresent()) {
            fresh.status(failure.status().getAsInt());
        }
        failure.providerCode().ifPresent(fresh::providerCode);
        failure.providerType().ifPresent(fresh::providerType);
        failure.providerParam().ifPresent(fresh::providerParam);
        failure.providerMessage().ifPresent(fresh::providerMessage);
        failure.upstreamMessage().ifPresent(fresh::upstreamMessage);
        failure.requestId().ifPresent(fresh::requestId);
        failure.raw().ifPresent(fresh::raw);
        return fresh;
    }

    /** Return the failure with steps before those that it has. */
    static ProviderFailure first(ProviderFailure failure, List<String> steps) {
        var all = new LinkedHashSet<>(steps);
        all.addAll(failure.fix());
        return failure.toBuilder().fix(List.copyOf(all)).build();
    }

    /** Return the failure with a further sentence behind its cause. */
    static ProviderFailure because(ProviderFailure failure, String sentence) {
        return failure.toBuilder().why(failure.why().map(why -> why + "; " + sentence).orElse(sentence)).build();
    }

    /** Return the failure with a setting that mends it, which was tried. */
    static ProviderFailure mended(ProviderFailure failure, Remedy remedy, Evidence evidence) {
        var entry = evidence.endpoint().entry();
        var told = failure.toBuilder().field(remedy.field()).build();
        return remedy.command(entry, evidence.model()).map(command -> told.toBuilder().fix(command).build())
                .orElse(told);
    }

    /**
     * Return the failure with where to read on and how to show the request to whoever runs the service; where a field of
     * the request may be at fault, with how to leave it out or to call it otherwise.
     */
    static ProviderFailure withFurtherSteps(ProviderFailure failure, Evidence evidence) {
        var entry = evidence.endpoint().entry();
        var steps = new ArrayList<>(failure.fix());
        boolean format = isAboutFormat(failure);
        if (format && entry.from() == ProviderEntry.From.CONFIG) {
            String field = failure.providerParam().filter(param -> param.matches("[a-z_]+")).orElse("FIELD");
            steps.add("koine providers set " + entry.id() + " drop '[\"" + field + "\"]'");
            steps.add("koine providers set " + entry.id() + " rename '{ " + field + " = \"OTHER\" }'");
        }
        entry.preset().flatMap(preset -> preset.docs()).ifPresent(url -> steps.add("see " + url));
        if (format || isAboutModel(failure.kind()) || failure.kind() == FailureKind.INVALID_REQUEST) {
            steps.add(dryRun(entry, evidence.model()));
        }
        return failure.toBuilder().fix(List.copyOf(new LinkedHashSet<>(steps))).build();
    }

    /** Return the failure without steps that lead to where we are: this is the test, and nobody is asking anything. */
    static ProviderFailure inTest(ProviderFailure failure, ProviderEntry entry) {
        if (failure.fix().isEmpty()) {
            return failure;
        }
        var steps = failure.fix().stream().filter(step -> !step.equals("koine providers test " + entry.id()))
                .map(step -> step.startsWith("koine ask --wait") ? "try again later" : step)
                .filter(step -> !step.startsWith("koine ask --dry-run …")).toList();
        return failure.toBuilder().fix(!steps.isEmpty() ? steps
                : set(entry, "base-url", "URL").map(List::of).orElse(List.of("check the address"))).build();
    }

    private static String dryRun(ProviderEntry entry, Optional<ModelEntry> model) {
        String what = "   shows the request, to send to whoever runs the service";
        String id = model.map(ModelEntry::id).orElse("MODEL");
        return entry.from() == ProviderEntry.From.ONE_SHOT
                ? "koine ask --url " + Remedy.Line.word(entry.settings().baseUrl().orElse("URL")) + " -m "
                        + Remedy.Line.word(id) + " --dry-run -o curl hi" + what
                : "koine ask -m " + Remedy.Line.word(entry.id() + "/" + id) + " --dry-run -o curl hi" + what;
    }

    /** A server may answer a request that it cannot take with a failure of its own; one that is away does not. */
    private static boolean isAboutFormat(ProviderFailure failure) {
        return switch (failure.kind()) {
            case PARAM_REJECTED, UNEXPECTED_ANSWER, EMPTY, STREAM_CUT, PROVIDER -> true;
            case INVALID_REQUEST -> failure.field().isEmpty();
            case SERVER -> failure.status().orElse(0) == 500 && failure.providerMessage().isPresent();
            default -> false;
        };
    }

    private static boolean isAboutModel(FailureKind kind) {
        return switch (kind) {
            case MODEL_UNKNOWN, MODEL_FORBIDDEN, MODEL_RETIRED, DEPLOYMENT_UNKNOWN -> true;
            default -> false;
        };
    }
}
