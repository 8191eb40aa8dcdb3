package dev.koine.cli.command;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.terminal.Near;
import dev.koine.cli.terminal.Redaction;
import dev.koine.core.Koine;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.ProviderEntry.From;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds the provider, preset or dialect that a word names, or says what was probably meant. */
public final class Known {
    private final Koine koine;

    public Known(Koine koine) {
        this.koine = requireNonNull(koine, "koine is null");
    }

    /** Return the provider of this id: configured, brought along, or a preset. */
    public ProviderEntry provider(String id) {
        return koine.registry().provider(id).orElseThrow(() -> unknown(id));
    }

    private CliException unknown(String given) {
        String id = KeyText.looksLikeKey(given) ? Redaction.HIDDEN : given;
        List<String> ids = Stream.concat(koine.registry().providers().stream().map(ProviderEntry::id),
                koine.presets().all().stream().map(Preset::id)).distinct().toList();
        return Problem.builder(ExitCode.CONFIG, "provider.unknown", "there is no provider " + id)
                .why(Near.to(id, ids).map(near -> "did you mean " + near + "?")
                        .orElse("it is neither in the configuration nor a preset"))
                .fix("koine providers list").field("provider").toException();
    }

    /** Return the provider of this id if the configuration may say something about it. */
    public ProviderEntry changeable(String id) {
        ProviderEntry provider = provider(id);
        if (provider.isSimulated()) {
            throw Problem.builder(ExitCode.CONFIG, "provider.fixed", id + " is built in and cannot be changed")
                    .why("it is the simulator: it takes no key and has its own models").fix("koine models list " + id)
                    .toException();
        }
        if (provider.from() == From.PRESET && provider.settings().baseUrl().orElse("").contains("{")) {
            throw Problem.builder(ExitCode.CONFIG, "provider.incomplete", id + " is not configured yet")
                    .why("its address has to be filled in: " + provider.settings().baseUrl().orElse(""))
                    .fix("koine providers add " + id).field("base-url").toException();
        }
        return provider;
    }

    /** Return the provider of this id if the configuration has it. */
    public ProviderEntry configured(String id) {
        ProviderEntry provider = provider(id);
        if (provider.from() != From.CONFIG) {
            throw Problem.builder(ExitCode.CONFIG, "provider.unknown", id + " is not in the configuration")
                    .why(provider.isSimulated() ? "it is the built-in simulator"
                            : "it is a preset that you have not added")
                    .fix("koine providers list").field("provider").toException();
        }
        return provider;
    }

    /** Return an edit that makes a table for a provider that is known only as a preset. */
    public static UnaryOperator<ConfigDocument> table(ProviderEntry provider) {
        if (provider.from() != From.PRESET) {
            return document -> document;
        }
        return document -> document.with(List.of("providers", provider.id()),
                Json.object().put("preset", provider.id()).build());
    }

    /** Return the preset of this id or display name, whatever its case, blanks and dashes. */
    public Optional<Preset> preset(String word) {
        String letters = letters(word);
        return koine.presets().find(word).or(() -> koine.presets().all().stream()
                .filter(preset -> letters(preset.id()).equals(letters) || letters(preset.name()).equals(letters))
                .findFirst());
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s._-]", "");
    }

    /** Return the problem that no preset is called so. */
    public CliException noPreset(String word) {
        if (KeyText.looksLikeKey(word) || word.regionMatches(true, 0, "bearer ", 0, "bearer ".length())) {
            return Problem.builder(ExitCode.CONFIG, "preset.unknown", "this looks like a key, not like a service")
                    .why("the service comes first, and its key is asked for without being shown; consider this one leaked")
                    .fix("koine providers add groq", "koine providers presets").toException();
        }
        List<String> ids = koine.presets().all().stream().map(Preset::id).toList();
        var near = Near.to(word, ids);
        var problem = Problem.builder(ExitCode.CONFIG, "preset.unknown", "there is no preset " + word)
                .why(near.map(id -> "did you mean " + id + "?")
                        .orElse("a word without a dot is taken for a preset, never for a host"));
        near.ifPresentOrElse(id -> problem.fix("koine providers add " + id),
                () -> problem.fix("koine providers presets",
                        "koine providers add --name NAME --base-url https://HOST/v1"));
        return problem.toException();
    }

    /** Return {@code id} if there is a dialect of this id. */
    public String dialect(String id) {
        var ids = koine.dialects().ids();
        if (ids.contains(id)) {
            return id;
        }
        var problem = Problem.builder(ExitCode.CONFIG, "dialect.unknown", "there is no dialect " + id)
                .why(Near.to(id, ids).map(near -> "did you mean " + near + "?")
                        .orElse("installed are " + String.join(", ", ids)));
        throw problem.fix("koine plugins list").field("dialect").toException();
    }
}
