package dev.koine.azure;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Quirks;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.List;
import java.util.Optional;

/**
 * The dialect {@code azure}: Azure OpenAI's deployments and its v1 API, Foundry's models and serverless endpoints. The key
 * travels as {@code api-key}; an Entra token by {@code auth = "bearer"}.
 */
public final class AzureProvider implements ProviderSpi {
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("azure",
            "Azure OpenAI; deployment URLs with api-version, and the v1 API", List.of(), Quirks.keys());

    /** Azure's hosts, as the official SDKs know them (openai-java, AzureUrlCategory), and serverless endpoints. */
    private static final List<String> HOSTS = List.of(".openai.azure.com", ".services.ai.azure.com", ".azure-api.net",
            ".cognitiveservices.azure.com", ".models.ai.azure.com");

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        for (String host : HOSTS) {
            if (base.origin().host().endsWith(host)) {
                return Optional.of(new Claim(Claim.Strength.HOST, "the host ends in " + host.substring(1)));
            }
        }
        return (base.path() + "/").contains("/openai/deployments/")
                ? Optional.of(new Claim(Claim.Strength.PATH, "the path has /openai/deployments/"))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        if (config.apiPath().isPresent()) {
            throw new ConfigurationException("api-path",
                    "azure finds its paths itself; write another prefix into base-url");
        }
        BaseUrl base = config.requireBaseUrl();
        var style = AzureStyle.of(base);
        BaseUrl versioned = config.apiVersion().or(style::apiVersion)
                .map(version -> base.withQuery("api-version", version)).orElse(base);
        Routes routes = style == AzureStyle.DEPLOYMENTS
                ? new DeploymentRoutes(versioned, config.deployment())
                : new ModelRoutes(versioned, style, config.deployment());
        return OpenAiDialect.create(config, routes, style.authStyle());
    }

    @Override
    public List<String> notices(ProviderConfig config) {
        BaseUrl base = config.requireBaseUrl();
        boolean set = config.apiVersion().isPresent() || base.hasQuery("api-version");
        return AzureStyle.of(base).apiVersion().filter(version -> !set)
                .map(version -> List.of("api-version is not set; " + version + " is used")).orElse(List.of());
    }
}
