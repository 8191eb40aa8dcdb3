package dev.koine.cli.keys;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Known;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.KeyVerdict;
import dev.koine.core.Koine;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.Secrets;
import dev.koine.core.secret.Stored;
import dev.koine.spi.SecretRef;
import java.util.Optional;

/** {@code koine keys rotate ID}. */
public final class KeysRotate implements Command {
    private static final String RETRY = "--retry";

    @Override
    public Syntax syntax() {
        return Syntax.of("keys rotate", "Exchange a stored key: the new one is used once the endpoint has taken it.")
                .example("koine keys rotate groq").example("koine keys rotate groq --stdin <new.txt").word("ID").more()
                .flag("--stdin", "read the new key from standard input")
                .flag(RETRY, "test the key that waits once more")
                .note("The old key stays in use until the new one has passed its test, and is forgotten then.")
                .note("A new key that could not be tested waits beside the old one; one that is refused is forgotten.")
                .note("Revoke the old key where it was made: Koine only forgets it.");
    }

    @Override
    public ExitCode run(Context context) {
        Arguments arguments = context.arguments();
        Koine koine = context.koine();
        if (arguments.words().size() > 1) {
            throw KeyText.onCommandLine("PROVIDER");
        }
        ProviderEntry provider = new Known(koine).changeable(arguments.word(0));
        Secrets secrets = koine.secrets();
        String id = stored(provider, koine);
        if (!arguments.has(RETRY)) {
            String typed = typed(context, provider);
            Stored stored = secrets.storeWaiting(id, typed);
            stored.notice().ifPresent(context::notice);
        }
        SecretRef waiting = secrets.waiting(id).orElseThrow(() -> Problem
                .builder(ExitCode.CONFIG, "key.none-waits", "no new key of " + provider.id() + " waits")
                .why("a new key waits only when it could not be tested").fix("koine keys rotate " + provider.id())
                .field("api-key").toException());
        KeyVerdict verdict = koine.tryKey(provider.withKey(waiting), KeysTesting.model(context, provider),
                context.callOptions());
        switch (verdict.verdict()) {
            case ACCEPTED -> secrets.swap(id);
            case REFUSED -> secrets.removeWaiting(id);
            case UNKNOWN -> {
            }
        }
        report(context, provider, verdict);
        return verdict.isAccepted() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Return the id under which the provider's key is stored; a key that is kept elsewhere is exchanged there. */
    private static String stored(ProviderEntry provider, Koine koine) {
        String reference = provider.key().map(SecretRef::reference).orElse("");
        if (reference.startsWith("keyring:") && koine.secrets().stored().contains(reference.substring(8))) {
            return reference.substring(8);
        }
        throw Problem.builder(ExitCode.CONFIG, "key.elsewhere", "Koine keeps no key of " + provider.id())
                .why(reference.isEmpty() ? "none is configured"
                        : reference.startsWith("keyring:") ? "none is stored as " + reference.substring(8)
                                : "it is taken from " + reference + ": exchange it there")
                .fix("koine keys set " + provider.id()).field("api-key").toException();
    }

    private static String typed(Context context, ProviderEntry provider) {
        if (context.arguments().has("--stdin")) {
            return KeyText.fromInput(context.surroundings().in());
        }
        provider.preset().flatMap(Preset::keyUrl).filter(url -> context.canPrompt())
                .ifPresent(url -> context.notice("a key is made at " + url));
        return KeyText.clean(context.askHidden("New key for " + provider.name() + " (hidden): ", "--stdin"));
    }

    private static void report(Context context, ProviderEntry provider, KeyVerdict verdict) {
        String then = switch (verdict.verdict()) {
            case ACCEPTED -> "The new key is in use; the old one is forgotten here.";
            case REFUSED -> "The old key stays in use; the new one is forgotten.";
            case UNKNOWN -> "The old key stays in use; the new one waits: koine keys rotate " + provider.id()
                    + " --retry";
        };
        switch (context.globals().format()) {
            case TEXT, CURL -> {
                KeysTesting.print(context, provider, verdict);
                context.out().line(Visible.of(then));
                Optional<String> place = provider.preset().flatMap(Preset::keyUrl);
                if (verdict.isAccepted() && place.isPresent()) {
                    context.out().flush();
                    context.notice("revoke the old key at " + place.get());
                }
            }
            case JSON, JSONL -> context.out().json(Json.object().put("schema", "koine/rotation.v1")
                    .put("rotated", verdict.isAccepted()).build().mergedWith(KeysTesting.json(provider, verdict)));
            case NAME -> context.out().line(provider.id());
        }
    }
}
