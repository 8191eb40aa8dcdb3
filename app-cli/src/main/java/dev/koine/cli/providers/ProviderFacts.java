package dev.koine.cli.providers;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.terminal.Style;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.config.ConfigKeys;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.core.secret.SecretState;
import dev.koine.spi.SecretRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said about a provider without asking anybody: nothing is sent, and no key is read that a command gives. */
public final class ProviderFacts {
    private final Koine koine;
    private final ProviderEntry provider;

    public ProviderFacts(Koine koine, ProviderEntry provider) {
        this.koine = requireNonNull(koine, "koine is null");
        this.provider = requireNonNull(provider, "provider is null");
    }

    /**
     * Return where a chat completion would be sent.
     *
     * @return method and address; empty for the simulator, which has none before it is started
     * @throws KoineException if the settings cannot work
     */
    public Optional<String> request() {
        if (provider.isSimulated()) {
            return Optional.empty();
        }
        ModelEntry model = usual().orElseGet(() -> koine.registry().model(provider, "MODEL"));
        var call = koine.encode(new Selection(provider, model, List.of()), ChatRequest.of("hi"), CallOptions.DEFAULT);
        return Optional.of(call.method() + " " + call.uri());
    }

    /** Return where requests go, or why they cannot. */
    String destination() {
        try {
            return request().map(text -> text.substring(text.indexOf(' ') + 1)).orElse("this machine, simulated");
        } catch (KoineException e) {
            return "! " + e.getMessage();
        }
    }

    /** Return the model that is used where only the provider is named. */
    public Optional<ModelEntry> usual() {
        if (provider.isSimulated()) {
            return Optional.empty();
        }
        return koine.registry().usual(provider);
    }

    /** Return what is known of the key; empty where there is none. */
    Optional<SecretState> key() {
        return provider.key().map(koine.secrets()::describe);
    }

    /** Return the key's place and whether it is there, for a table. */
    String keyCell(Style style) {
        return provider.key().map(reference -> place(reference) + sign(reference, style)).orElse(KeyText.NONE);
    }

    private String sign(SecretRef reference, Style style) {
        return switch (koine.secrets().describe(reference).status()) {
            case SET -> " " + style.ok();
            case NOT_SET -> " " + style.bad() + " unset";
            case UNUSABLE -> " " + style.bad() + " unusable";
            case NONE, NOT_ASKED -> "";
        };
    }

    private static String place(SecretRef reference) {
        String text = reference.reference();
        return text.length() > 40 ? text.substring(0, 39) + "…" : text;
    }

    /** Return whether the model that is used where none is named is one of this provider's. */
    boolean isDefault() {
        return koine.registry().config().defaultModel().filter(ref -> ref.startsWith(provider.id() + "/")).isPresent();
    }

    int models() {
        return koine.registry().models(provider).size();
    }

    /** Return the provider for a program. */
    public Json.Obj json() {
        var json = Json.object().put("id", provider.id()).put("name", provider.name())
                .put("from", provider.from().name().toLowerCase(Locale.ROOT))
                .put("preset", provider.preset().<Json>map(preset -> Json.of(preset.id())).orElse(Json.NULL))
                .put("default", isDefault()).put("enabled", provider.isSimulated() || provider.settings().enabled());
        try {
            json.put("request", request().<Json>map(Json::of).orElse(Json.NULL));
            json.put("dialect", provider.isSimulated() ? Json.NULL : Json.of(koine.dialect(provider)));
            json.put("problem", Json.NULL);
        } catch (KoineException e) {
            json.put("request", Json.NULL).put("dialect", Json.NULL).put("problem", String.valueOf(e.getMessage()));
        }
        json.put("key", key().<Json>map(ProviderFacts::json).orElse(Json.NULL));
        return json.put("models", Json.strings(koine.registry().models(provider).stream().map(ModelEntry::id).toList()))
                .build();
    }

    /** Return the settings in effect; what stands where a reference to a key belongs, and is none, is cut. */
    Json settings() {
        return provider.isSimulated() ? Json.EMPTY
                : ConfigKeys.shown(List.of("providers", provider.id()), provider.settings().table());
    }

    public static Json.Obj json(SecretState state) {
        boolean set = state.status() == SecretState.Status.SET;
        return Json.object().put("from", state.from())
                .put("state", state.status().name().toLowerCase(Locale.ROOT))
                .put("length", set ? Json.of(state.length()) : Json.NULL)
                .put("ends", state.tail().isEmpty() ? Json.NULL : Json.of(state.tail()))
                .put("set_at", state.setAt().<Json>map(at -> Json.of(at.toString())).orElse(Json.NULL))
                .put("problem", state.problem().<Json>map(problem -> Json.of(String.valueOf(problem.getMessage())))
                        .orElse(Json.NULL))
                .build();
    }
}
