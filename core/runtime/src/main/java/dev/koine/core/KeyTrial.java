package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.KeyVerdict.Verdict;
import dev.koine.core.diagnosis.TestReport;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretException;
import dev.koine.spi.ConfigurationException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether an endpoint takes a key. The list of models is free, but open to everyone at some services: it proves
 * something only where it comes with the key and not without. Where it proves nothing, the whole test is run, which asks for
 * tiny completions and says so first.
 */
final class KeyTrial {
    /** A refused key, and what an endpoint says only to those whose key it took. */
    private static final Set<FailureKind> REFUSED = EnumSet.of(FailureKind.AUTH_MISSING, FailureKind.AUTH_REJECTED);
    private static final Set<FailureKind> BEHIND_THE_KEY = EnumSet.of(FailureKind.MODEL_UNKNOWN,
            FailureKind.DEPLOYMENT_UNKNOWN, FailureKind.QUOTA, FailureKind.RATE_LIMITED, FailureKind.CONTEXT_OVERFLOW,
            FailureKind.PARAM_REJECTED, FailureKind.FILTERED);

    private final Koine koine;
    private final CallOptions options;

    KeyTrial(Koine koine, CallOptions options) {
        this.koine = requireNonNull(koine, "koine is null");
        this.options = options.withRetries(0);
    }

    KeyVerdict run(ProviderEntry entry, Optional<ModelEntry> model) {
        if (entry.key().isEmpty()) {
            return unknown("it has no key", Optional.empty());
        }
        try {
            if (koine.secrets().resolve(entry.key().get()).isEmpty()) {
                return unknown("there is no key in " + entry.key().get().reference(), Optional.empty());
            }
            var byList = entry.settings().listModels().orElse(true) ? byList(entry) : Optional.<KeyVerdict>empty();
            return byList.isPresent() ? byList.get() : byCompletion(entry, model);
        } catch (SecretException e) {
            var failure = ProviderFailure.builder(FailureKind.AUTH_MISSING).provider(entry.id()).field(e.field())
                    .message(String.valueOf(e.getMessage())).fix(e.fix()).build();
            return new KeyVerdict(e.kind() == SecretException.Kind.ORIGIN ? Verdict.REFUSED : Verdict.UNKNOWN,
                    failure.message(), Optional.of(failure));
        } catch (ConfigurationException e) {
            var failure = ProviderFailure.builder(FailureKind.WRONG_PATH).provider(entry.id()).field(e.field())
                    .message(String.valueOf(e.getMessage())).fix("koine config validate").build();
            return unknown(failure.message(), Optional.of(failure));
        }
    }

    private Optional<KeyVerdict> byList(ProviderEntry entry) {
        var withKey = listFailure(entry);
        if (withKey.isPresent()) {
            return REFUSED.contains(withKey.get().kind()) ? Optional.of(refused(withKey.get())) : Optional.empty();
        }
        return listFailure(entry.withoutKey()).filter(failure -> failure.status().orElse(0) / 100 == 4)
                .map(failure -> new KeyVerdict(Verdict.ACCEPTED,
                        "accepted: the list of models comes with the key and not"
                                + " without",
                        Optional.empty()));
    }

    private Optional<ProviderFailure> listFailure(ProviderEntry entry) {
        try {
            koine.listModels(entry, options);
            return Optional.empty();
        } catch (ProviderFailureException e) {
            return Optional.of(e.failure());
        }
    }

    private KeyVerdict byCompletion(ProviderEntry entry, Optional<ModelEntry> model) {
        options.notices()
                .accept(Notice.of("the list of models of " + entry.id() + " says nothing about the key: at most"
                        + " two tiny completions are asked for"));
        var report = koine.test(entry, model, options);
        var failure = report.stages().stream().flatMap(stage -> stage.failure().stream()).findFirst();
        if (failure.isPresent()) {
            var kind = failure.get().kind();
            return REFUSED.contains(kind) ? refused(failure.get())
                    : BEHIND_THE_KEY.contains(kind) ? new KeyVerdict(Verdict.ACCEPTED, "accepted, but "
                            + failure.get().message(), failure)
                            : unknown(failure.get().message(), failure);
        }
        boolean asked = report.stages().stream().anyMatch(stage -> stage.name().equals("Chat")
                && stage.state() == TestReport.State.PASSED);
        return asked ? new KeyVerdict(Verdict.ACCEPTED, "accepted: a completion came", Optional.empty())
                : unknown("not known: its list of models is open to everyone, and there is no model to ask",
                        Optional.of(ProviderFailure.builder(FailureKind.UNSUPPORTED).provider(entry.id()).field("model")
                                .message("no model to ask").fix("koine keys test " + entry.id() + " -m MODEL")
                                .build()));
    }

    private static KeyVerdict refused(ProviderFailure failure) {
        return new KeyVerdict(Verdict.REFUSED, failure.message(), Optional.of(failure));
    }

    private static KeyVerdict unknown(String text, Optional<ProviderFailure> failure) {
        return new KeyVerdict(Verdict.UNKNOWN, text, failure);
    }
}
