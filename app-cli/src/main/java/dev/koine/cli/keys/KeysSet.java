package dev.koine.cli.keys;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.command.Known;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.providers.KeptKey;
import dev.koine.cli.providers.ProviderId;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.config.Change;
import dev.koine.core.config.ConfigDocument;
import dev.koine.core.dialect.Preset;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code koine keys set ID}. */
public final class KeysSet implements Command {
    @Override
    public Syntax syntax() {
        return ConfigEdit.options(Syntax.of("keys set", "Store a provider's key, or say where it is.")
                .example("koine keys set groq").example("koine keys set groq --stdin <key.txt")
                .word("ID").more().flag("--stdin", "read the key from standard input")
                .option("--env", "NAME", "the key is in this variable")
                .option("--file", "PATH", "the key is in this file")
                .option("--command", "CMD", "the first line that this command prints is the key"))
                .note("A key on the command line would be in your shell history and in ps; it is refused.")
                .note("An empty key means: no key, and no Authorization header.");
    }

    @Override
    public ExitCode run(Context context) {
        Arguments arguments = context.arguments();
        if (arguments.words().size() > 1 || !KeyText.among(arguments.all("--command")).isEmpty()) {
            throw KeyText.onCommandLine(safe(arguments.word(0)));
        }
        Koine koine = context.koine();
        if (KeyText.looksLikeKey(arguments.word(0)) && koine.registry().provider(arguments.word(0)).isEmpty()) {
            throw KeyText.onCommandLine("PROVIDER");
        }
        ProviderEntry provider = new Known(koine).changeable(arguments.word(0));
        Optional<String> reference = reference(context);
        var edit = new ConfigEdit(context);
        if (reference.isPresent()) {
            return edit.run(provider.id(), keyed(provider, reference.get()));
        }
        if (!edit.isDryRun() || arguments.has("--stdin") || context.canPrompt()) {
            return store(context, provider, edit, typed(context, provider));
        }
        return edit.run(provider.id(), keyed(provider, "keyring:" + provider.id()));
    }

    /** The first word, too, may be a key that was pasted in the wrong place. */
    private static String safe(String word) {
        return ProviderId.isValid(word) && !KeyText.looksLikeKey(word) ? word : "PROVIDER";
    }

    private static Optional<String> reference(Context context) {
        Arguments arguments = context.arguments();
        var given = new ArrayList<String>();
        for (String option : List.of("--env", "--file", "--command", "--stdin")) {
            if (arguments.has(option)) {
                given.add(option);
            }
        }
        if (given.size() > 1) {
            throw Problem.usage(String.join(" and ", given) + " contradict each other").why("a key is in one place")
                    .fix("koine keys set " + arguments.word(0) + " " + given.getFirst()
                            + (given.getFirst().equals("--stdin") ? "" : " …"))
                    .toException();
        }
        return arguments.text("--env").map(name -> variable(context, name))
                .or(() -> arguments.text("--file").map(path -> file(context, path)))
                .or(() -> arguments.text("--command").map(command -> "command:" + command));
    }

    private static String variable(Context context, String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.length() > 64) {
            throw Problem.usage("--env takes the name of a variable").why("a name has letters, digits and underscores;"
                    + " if it was a key, consider it leaked").fix("koine keys set " + safe(context.arguments().word(0))
                            + " --env GROQ_API_KEY")
                    .field("api-key").toException();
        }
        if (context.surroundings().variable(name).isEmpty()) {
            context.notice(name + " is not set here");
        }
        return "env:" + name;
    }

    /** A file that cannot serve is refused now, not at the first question. */
    private static String file(Context context, String path) {
        String reference = "file:" + (path.startsWith("~") ? path
                : context.surroundings().directory().resolve(path).toAbsolutePath().normalize());
        context.koine().secrets().resolve(new SecretRef(reference));
        return reference;
    }

    private static String typed(Context context, ProviderEntry provider) {
        if (context.arguments().has("--stdin")) {
            return KeyText.fromInput(context.surroundings().in());
        }
        provider.preset().flatMap(Preset::keyUrl).filter(url -> context.canPrompt())
                .ifPresent(url -> context.notice("a key is made at " + url));
        return KeyText.clean(context.askHidden("Key for " + provider.name() + " (hidden): ", "--stdin"));
    }

    private static ExitCode store(Context context, ProviderEntry provider, ConfigEdit edit, String key) {
        Koine koine = context.koine();
        boolean none = key.isEmpty();
        var change = keyed(provider, none ? KeyText.NONE : "keyring:" + provider.id());
        edit.preview(change);
        boolean had = koine.secrets().stored().contains(provider.id());
        if (edit.isDryRun()) {
            return edit.run(provider.id(), change);
        }
        String place = none ? "" : KeptKey.store(context, provider, key);
        if (none) {
            koine.secrets().remove(provider.id());
        }
        Change made;
        try {
            made = edit.apply(change);
        } catch (KoineException e) {
            if (!none && !had) {
                koine.secrets().remove(provider.id());
            }
            throw e;
        }
        if (context.globals().format() == Format.TEXT) {
            context.out()
                    .line(none
                            ? "No key: requests to " + Visible.of(provider.name()) + " carry no Authorization header."
                            : "Stored in " + place + ", as " + provider.id() + ".");
            if (made.isEmpty()) {
                return ExitCode.OK;
            }
        }
        return edit.done(provider.id(), made, Json.EMPTY);
    }

    private static UnaryOperator<ConfigDocument> keyed(ProviderEntry provider, String reference) {
        return document -> Known.table(provider).apply(document)
                .with(List.of("providers", provider.id(), "api-key"), Json.of(reference));
    }
}
