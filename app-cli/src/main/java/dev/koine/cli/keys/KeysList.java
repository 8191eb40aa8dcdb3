package dev.koine.cli.keys;

import dev.koine.api.Json;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Listing;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.providers.KeptKey;
import dev.koine.cli.providers.ProviderFacts;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Table;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.secret.SecretState;
import dev.koine.spi.SecretRef;
import java.time.Instant;
import java.util.List;

/** {@code koine keys list}. */
public final class KeysList implements Command {
    @Override
    public Syntax syntax() {
        return Syntax
                .of("keys list",
                        "Say where each provider's key is, and whether it is there. No key is shown, no command run.")
                .example("koine keys list");
    }

    @Override
    public ExitCode run(Context context) {
        Koine koine = context.koine();
        var list = new Listing("koine/keys.v1", "keys", Table.of("PROVIDER", "FROM", "STATE"));
        List<ProviderEntry> providers = koine.registry().providers().stream()
                .filter(provider -> !provider.isSimulated())
                .toList();
        for (ProviderEntry provider : providers) {
            SecretState state = koine.secrets().describe(provider.key().orElse(new SecretRef(KeyText.NONE)));
            add(list, provider.id(), state, remarks(koine, provider, state));
        }
        koine.secrets().stored().stream()
                .filter(id -> providers.stream().noneMatch(provider -> provider.key()
                        .filter(key -> key.reference().equals("keyring:" + id)).isPresent()))
                .forEach(id -> add(list, id, koine.secrets().describe(new SecretRef("keyring:" + id)),
                        ", used by no provider"));
        return list.print(context, "no keys; store one with: koine keys set PROVIDER", "");
    }

    private static String remarks(Koine koine, ProviderEntry provider, SecretState state) {
        String waits = state.from().startsWith("keyring:")
                && koine.secrets().waiting(state.from().substring("keyring:".length())).isPresent()
                        ? ", a new one waits: koine keys rotate " + provider.id() + " --retry" : "";
        return waits.isEmpty() ? KeptKey.overAge(koine, state)
                .map(age -> ", over age: koine keys rotate " + provider.id()).orElse("") : waits;
    }

    private static void add(Listing list, String id, SecretState state, String remark) {
        Json.Obj json = Json.object().put("provider", id).build().mergedWith(ProviderFacts.json(state));
        list.add(id, json, id, Visible.of(state.from()), Visible.of(state.describe(Instant.now()) + remark));
    }
}
