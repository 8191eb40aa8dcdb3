package com.example.ollama;

import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;
import java.util.Optional;

/**
 * The dialect {@code ollama-native}: {@code /api/chat}, {@code /api/embed} and {@code /api/tags}, with answers streamed as
 * lines of JSON.
 *
 * @see <a href="https://docs.ollama.com/api">Ollama's API</a>
 */
public final class OllamaProvider implements ProviderSpi {
    static final String KEEP_ALIVE = "keep-alive";
    static final String CONTEXT = "context";
    static final String THINK = "think";

    private static final int PORT = 11434;
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("ollama-native",
            "Ollama's own API; NDJSON streams, thinking, no /v1",
            List.of(ConfigKey.builder(KEEP_ALIVE, ConfigKey.Type.TEXT)
                    .doc("how long a model stays loaded, such as 10m; -1 for ever").build(),
                    ConfigKey.builder(CONTEXT, ConfigKey.Type.INTEGER)
                            .doc("tokens of context that a model is loaded with (num_ctx)").build()),
            List.of(ConfigKey.builder(THINK, ConfigKey.Type.CHOICE).allowed("levels", "switch").defaultValue("levels")
                    .doc("whether thinking has levels (low, medium, high) or is only on or off").build()));

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    /** Claim Ollama's port, unless the path asks for its OpenAI-like API. */
    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        return base.origin().port() == PORT && base.segments().isEmpty()
                ? Optional.of(new Claim(Claim.Strength.LIKELY, "the port is Ollama's"))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        BaseUrl base = config.requireBaseUrl().withoutEnd("/v1").withoutEnd("/chat").withoutEnd("/api");
        return new OllamaDialect(config, base, config.auth(new AuthStyle.Bearer()));
    }
}
