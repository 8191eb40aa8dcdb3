package dev.koine.azure;

import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import java.util.Optional;

/** The shapes of Azure's addresses, told from the base URL alone. */
enum AzureStyle {
    /**
     * {@code …/openai/deployments/NAME/chat/completions?api-version=…}. The version is the last dated one that is no
     * preview.
     *
     * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Azure OpenAI REST reference</a>
     */
    DEPLOYMENTS(Optional.of("2024-10-21")),

    /**
     * {@code …/openai/v1/chat/completions}: the deployment is the model, no version is needed.
     *
     * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle">API version lifecycle</a>
     */
    V1(Optional.empty()),

    /**
     * {@code …/models/chat/completions?api-version=…}: Foundry's model inference.
     *
     * @see <a href="https://learn.microsoft.com/rest/api/aifoundry/modelinference/">Model inference REST reference</a>
     */
    FOUNDRY(Optional.of("2024-05-01-preview")),

    /** {@code https://NAME.REGION.models.ai.azure.com/v1/chat/completions}: one model, a bearer key, no version. */
    SERVERLESS(Optional.empty()),

    /** A pasted operation that is none of these, as behind a gateway: nothing is added. */
    AS_WRITTEN(Optional.empty());

    private final Optional<String> apiVersion;

    AzureStyle(Optional<String> apiVersion) {
        this.apiVersion = apiVersion;
    }

    static AzureStyle of(BaseUrl base) {
        if (base.segments().contains("deployments")) {
            return DEPLOYMENTS;
        }
        if (base.origin().host().endsWith(".models.ai.azure.com")) {
            return SERVERLESS;
        }
        if (base.endsInVersionSegment()) {
            return V1;
        }
        if (base.lastSegment().equals(Optional.of("models"))) {
            return FOUNDRY;
        }
        return base.isExact() ? AS_WRITTEN : DEPLOYMENTS;
    }

    /** Return the version to ask for where the user names none; empty where none is needed. */
    Optional<String> apiVersion() {
        return apiVersion;
    }

    /** Return how the key travels unless the user says otherwise. */
    AuthStyle authStyle() {
        return this == SERVERLESS ? new AuthStyle.Bearer() : new AuthStyle.Header("api-key");
    }
}
