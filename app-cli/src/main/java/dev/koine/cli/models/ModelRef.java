package dev.koine.cli.models;

import static java.util.Objects.requireNonNull;

import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.registry.ProviderEntry;
import java.util.List;
import java.util.Optional;

/**
 * A model of a known provider, as {@code PROVIDER/MODEL}. The text before the first slash is the provider; the model's id
 * may hold more of them.
 *
 * @param provider the provider
 * @param id the model's id, exactly as typed
 */
record ModelRef(ProviderEntry provider, String id) {
    ModelRef {
        requireNonNull(provider, "provider is null");
        requireNonNull(id, "id is null");
    }

    /** Return the model that a command is to change. */
    static ModelRef changeable(Context context, String ref) {
        int slash = ref.indexOf('/');
        if (slash < 1 || slash == ref.length() - 1) {
            throw unnamed(context, ref);
        }
        return new ModelRef(new Known(context.koine()).changeable(ref.substring(0, slash)),
                ref.substring(slash + 1).strip());
    }

    /** Return the model that a command is to change, if the configuration has it; a bare id or alias may stand for it. */
    static ModelRef registered(Context context, String ref) {
        var models = context.koine().registry().models().stream()
                .filter(model -> model.ref().equals(ref) || model.id().equals(ref)).toList();
        var exact = models.stream().filter(model -> model.ref().equals(ref)).findFirst()
                .or(() -> models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty());
        if (exact.isPresent()) {
            return changeable(context, exact.get().ref());
        }
        if (models.size() > 1) {
            throw Problem.builder(ExitCode.CONFIG, "model.ambiguous", "more than one provider has " + ref)
                    .why(String.join(", ", models.stream().map(model -> model.ref()).toList()))
                    .fix("name it as " + models.getFirst().ref()).toException();
        }
        int slash = ref.indexOf('/');
        if (slash > 0) {
            new Known(context.koine()).changeable(ref.substring(0, slash));
        }
        List<String> refs = context.koine().registry().models().stream().map(model -> model.ref()).toList();
        throw Problem.builder(ExitCode.CONFIG, "model.unknown", ref + " is not in the configuration")
                .why(Near.to(ref, refs).map(near -> "did you mean " + near + "?")
                        .orElse("no model is registered under this name"))
                .fix("koine models list")
                .field("model").toException();
    }

    private static CliException unnamed(Context context, String ref) {
        String bare = ref.replaceFirst("/.*", "");
        boolean provider = context.koine().registry().provider(bare).isPresent();
        return Problem.usage(provider ? "koine needs a model behind " + bare + "/" : ref + " names no provider")
                .why("a model is named as PROVIDER/MODEL").fix(provider ? "koine models add " + bare + "/MODEL"
                        : "koine models add PROVIDER/" + Shell.word(ref))
                .toException();
    }

    String ref() {
        return provider.id() + "/" + id;
    }

    /** Return the key of the model's table. */
    List<String> key() {
        return List.of("providers", provider.id(), "models", id);
    }
}
