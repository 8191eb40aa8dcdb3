package dev.koine.core.config;

import dev.koine.api.Json;
import dev.koine.spi.ConfigKey;
import java.util.List;
import java.util.Optional;

/** Checks what only the dialects know: presets, dialects, their options and quirks, and where references lead. */
final class DialectValidation {
    private final Json.Obj merged;
    private final ConfigChecks checks;
    private final Problems problems;

    private DialectValidation(List<Layer> layers, Json.Obj merged, ConfigChecks checks) {
        this.merged = merged;
        this.checks = checks;
        problems = new Problems(layers);
    }

    static List<ConfigProblem> of(List<Layer> layers, Json.Obj merged, ConfigChecks checks) {
        var validation = new DialectValidation(layers, merged, checks);
        validation.run();
        return validation.problems.found();
    }

    private void run() {
        var providers = Tables.table(merged, "providers");
        providers.members().forEach((id, value) -> {
            if (value instanceof Json.Obj table) {
                provider(List.of("providers", id), ProviderSettings.of(id, table));
            }
        });
        merged.text("default-model").ifPresent(ref -> reference(List.of("default-model"), ref, providers));
        Tables.textsByName(merged, "aliases")
                .forEach((name, ref) -> reference(List.of("aliases", name), ref, providers));
    }

    private void provider(List<String> key, ProviderSettings settings) {
        settings.preset().filter(id -> !checks.knownPresets().contains(id)).ifPresent(
                id -> unknown(TomlJson.append(key, "preset"), "preset", id, checks.knownPresets(),
                        "koine providers presets"));
        settings.dialect().filter(id -> !checks.knownDialects().contains(id)).ifPresent(
                id -> unknown(TomlJson.append(key, "dialect"), "dialect", id, checks.knownDialects(),
                        "koine plugins list"));
        var dialect = settings.dialect().or(() -> settings.preset().flatMap(checks::dialectOf))
                .filter(checks.knownDialects()::contains);
        dialect.ifPresent(id -> options(TomlJson.append(key, "options"), id, settings.options()));
        quirks(TomlJson.append(key, "quirks"), settings.quirks());
        settings.models().forEach((id, model) -> quirks(
                List.of("providers", settings.id(), "models", id, "quirks"), model.quirks()));
    }

    private void unknown(List<String> key, String what, String id, Iterable<String> known, String fix) {
        problems.atValue(key, "unknown " + what + " " + Mask.words(id)
                + Suggestion.of(id, known).map(better -> "; did you mean " + better + "?").orElse(""), "", fix);
    }

    private void options(List<String> key, String dialect, Json.Obj options) {
        var known = checks.options(dialect);
        options.members().forEach((name, value) -> {
            var below = TomlJson.append(key, name);
            find(known, name).ifPresentOrElse(declared -> {
                if (!fits(declared, value)) {
                    problems.atValue(below,
                            "options." + name + " must be " + words(declared) + " for the dialect " + dialect,
                            "", "");
                }
            }, () -> problems.atKey(below, "the dialect " + dialect + " has no option " + name
                    + Suggestion.of(name, names(known)).map(better -> "; did you mean " + better + "?").orElse(""), "",
                    ""));
        });
        known.stream().filter(declared -> declared.required() && options.get(declared.name()).isEmpty())
                .forEach(declared -> problems.atKey(key.subList(0, key.size() - 1), "the dialect " + dialect
                        + " needs options." + declared.name(), "",
                        "koine config set " + Keys.join(key) + "." + declared.name()
                                + " VALUE"));
    }

    private void quirks(List<String> key, Json.Obj quirks) {
        var known = checks.quirks();
        quirks.members().forEach((name, value) -> {
            var declared = find(known, name);
            var below = TomlJson.append(key, name);
            if (declared.isEmpty()) {
                problems.noticeAtValue(below, "no dialect here reads quirks." + name
                        + Suggestion.of(name, names(known)).map(better -> "; did you mean " + better + "?").orElse(""),
                        "");
            } else if (!fits(declared.get(), value)) {
                problems.atValue(below, "quirks." + name + " must be " + words(declared.get()), "", "");
            }
        });
    }

    private void reference(List<String> key, String reference, Json.Obj providers) {
        int slash = reference.indexOf('/');
        String provider = slash < 0 ? "" : reference.substring(0, slash);
        boolean known = provider.isEmpty() || provider.equals("sim") || providers.get(provider).isPresent()
                || checks.knownPresets().contains(provider);
        if (!known) {
            problems.noticeAtValue(key, "there is no provider " + Mask.words(provider)
                    + Suggestion.of(provider, providers.members().keySet())
                            .map(better -> "; did you mean " + better + "?").orElse(""),
                    "koine providers add " + provider);
        }
    }

    private static Optional<ConfigKey> find(List<ConfigKey> known, String name) {
        return known.stream().filter(declared -> declared.name().equals(name)).findFirst();
    }

    private static List<String> names(List<ConfigKey> known) {
        return known.stream().map(ConfigKey::name).toList();
    }

    private static boolean fits(ConfigKey declared, Json value) {
        return switch (declared.type()) {
            case TEXT -> value instanceof Json.Str;
            case INTEGER -> value instanceof Json.Num number && number.asLong().isPresent();
            case NUMBER -> value instanceof Json.Num;
            case BOOLEAN -> value instanceof Json.Bool;
            case CHOICE -> value instanceof Json.Str(var word) && declared.allowed().contains(word);
            case TEXTS -> value instanceof Json.Arr(var items) && items.stream().allMatch(Json.Str.class::isInstance);
            case TABLE -> value instanceof Json.Obj(var members)
                    && members.values().stream().allMatch(Json.Str.class::isInstance);
        };
    }

    private static String words(ConfigKey declared) {
        return switch (declared.type()) {
            case TEXT -> "text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case CHOICE -> "one of " + String.join(", ", declared.allowed());
            case TEXTS -> "a list of texts";
            case TABLE -> "a table of texts";
        };
    }
}
