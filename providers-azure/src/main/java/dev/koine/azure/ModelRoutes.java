package dev.koine.azure;

import dev.koine.openai.wire.Routes;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ModelTarget;
import java.net.URI;
import java.util.Optional;

/** Routes with the deployment in the body, as its model. */
final class ModelRoutes implements Routes {
    private final Routes routes;
    private final AzureStyle style;
    private final Optional<String> deployment;

    ModelRoutes(BaseUrl base, AzureStyle style, Optional<String> deployment) {
        boolean versionMissing = style == AzureStyle.SERVERLESS && !base.isExact() && !base.hasVersionSegment();
        this.routes = Routes.at(versionMissing ? base.append("/v1") : base);
        this.style = style;
        this.deployment = deployment;
    }

    @Override
    public URI chat(ModelTarget model) {
        return routes.chat(model);
    }

    @Override
    public Optional<URI> embeddings(ModelTarget model) {
        return routes.embeddings(model);
    }

    @Override
    public Optional<URI> models() {
        return style == AzureStyle.FOUNDRY ? Optional.empty() : routes.models();
    }

    @Override
    public Optional<String> modelField(ModelTarget model) {
        return Optional.of(model.deployment().or(() -> deployment).orElseGet(model::id));
    }
}
