package dev.koine.cli.keys;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Failures;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Style;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.KeyVerdict;
import dev.koine.core.Koine;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code koine keys test [ID]}. */
public final class KeysTesting implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("keys test", "Find out whether endpoints take their keys.").example("koine keys test groq")
                .example("koine keys test").words("ID")
                .note("The list of models is asked for, with the key and without; that is free. Only where it cannot tell,"
                        + " a tiny completion is asked for, and announced.")
                .note("-m names the model of that completion; without it the provider's usual one is asked.");
    }

    @Override
    public ExitCode run(Context context) {
        List<ProviderEntry> providers = providers(context);
        var documents = new ArrayList<Json>();
        boolean good = true;
        for (ProviderEntry provider : providers) {
            KeyVerdict verdict = context.koine().tryKey(provider, model(context, provider), context.callOptions());
            good &= verdict.isAccepted();
            documents.add(json(provider, verdict));
            switch (context.globals().format()) {
                case TEXT, CURL -> print(context, provider, verdict);
                case JSONL -> context.out().json(json(provider, verdict));
                case NAME -> context.out().line(provider.id());
                case JSON -> {
                }
            }
            context.out().flush();
        }
        if (context.globals().format() == Format.JSON) {
            context.out().json(Json.object().put("schema", "koine/keytest.v1").put("passed", good)
                    .put("keys", Json.array(documents)).build());
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    private static List<ProviderEntry> providers(Context context) {
        Koine koine = context.koine();
        List<String> ids = context.arguments().words();
        if (!ids.isEmpty()) {
            if (ids.stream().anyMatch(id -> KeyText.looksLikeKey(id) && koine.registry().provider(id).isEmpty())) {
                throw KeyText.onCommandLine("PROVIDER");
            }
            return ids.stream().map(new Known(koine)::changeable).toList();
        }
        List<ProviderEntry> keyed = koine.registry().providers().stream().filter(provider -> !provider.isSimulated()
                && provider.settings().enabled() && provider.key().isPresent()).toList();
        if (keyed.isEmpty()) {
            throw Problem.builder(ExitCode.CONFIG, "key.none", "there is no key to test")
                    .why("no provider has one").fix("koine keys set PROVIDER").field("api-key").toException();
        }
        return keyed;
    }

    /** The reference may be the whole one or, where the provider is named anyway, the bare model id. */
    static Optional<ModelEntry> model(Context context, ProviderEntry provider) {
        return context.globals().model().map(ref -> ref.startsWith(provider.id() + "/")
                ? ref.substring(provider.id().length() + 1) : ref)
                .map(id -> context.koine().registry().model(provider, id));
    }

    static void print(Context context, ProviderEntry provider, KeyVerdict verdict) {
        Style style = context.style();
        String sign = switch (verdict.verdict()) {
            case ACCEPTED -> style.ok();
            case REFUSED -> style.bad();
            case UNKNOWN -> style.none();
        };
        context.out().line(sign + " " + Visible.of(provider.id() + ": " + verdict.text()));
        verdict.failure().map(Failures::of).ifPresent(problem -> {
            problem.why().ifPresent(why -> context.out().line("    why:  " + Visible.of(why)));
            problem.fix().forEach(fix -> context.out().line("    fix:  " + Visible.of(fix)));
        });
    }

    static Json.Obj json(ProviderEntry provider, KeyVerdict verdict) {
        return Json.object().put("provider", provider.id())
                .put("verdict", verdict.verdict().name().toLowerCase(java.util.Locale.ROOT))
                .put("text", verdict.text())
                .put("error", verdict.failure().<Json>map(failure -> Failures.of(failure).toJson()).orElse(Json.NULL))
                .build();
    }
}
