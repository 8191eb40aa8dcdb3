package dev.koine.azure;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ModelTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Routes with the deployment in the path. A deployment that the configuration names wins over the one in the base, which
 * wins over the model's id.
 */
final class DeploymentRoutes implements Routes {
    private final BaseUrl home;
    private final Optional<String> written;
    private final String tail;
    private final Optional<String> configured;

    DeploymentRoutes(BaseUrl base, Optional<String> configured) {
        List<String> segments = base.segments();
        int at = segments.indexOf("deployments");
        boolean found = at >= 0;
        var before = new ArrayList<>(found ? segments.subList(0, at) : segments);
        if (!found && !base.lastSegment().equals(Optional.of("openai"))) {
            before.add("openai");
        }
        boolean named = found && at + 1 < segments.size();
        this.home = base.withSegments(before);
        this.written = named ? Optional.of(segments.get(at + 1)) : Optional.empty();
        this.tail = named ? String.join("/", segments.subList(at + 2, segments.size())) : "";
        this.configured = configured;
    }

    @Override
    public URI chat(ModelTarget model) {
        return deployment(model).resolve("/chat/completions");
    }

    @Override
    public Optional<URI> embeddings(ModelTarget model) {
        return Optional.of(deployment(model).resolve("/embeddings"));
    }

    @Override
    public Optional<URI> models() {
        return Optional.of(home.resolve("/models"));
    }

    @Override
    public Optional<String> modelField(ModelTarget model) {
        return Optional.empty();
    }

    private BaseUrl deployment(ModelTarget model) {
        String name = model.deployment().or(() -> configured).map(BaseUrl::encode).or(() -> written)
                .orElseGet(() -> BaseUrl.encode(model.id()));
        if (name.equals(".") || name.equals("..")) {
            throw ProviderFailure.builder(FailureKind.DEPLOYMENT_UNKNOWN)
                    .message("no deployment can be called '" + name + "': it would lead to another path")
                    .field("deployment").build().toException();
        }
        return home.append("deployments/" + name + "/" + tail);
    }
}
