package dev.koine.simulator;

/** Name a way of speaking that the simulator knows. Each has a listener of its own, with a port of its own. */
public enum SimulatedDialect {
    /** OpenAI: chat below {@code /v1}, bearer key, {@code unknown_url} for any other path. */
    OPENAI("openai", "/v1"),
    /** Perplexity: chat without {@code /v1}, where anything below {@code /v1} is an empty 404. */
    OPENAI_BARE("openai-bare", ""),
    /** Azure OpenAI: deployment URLs with {@code api-version}, and the {@code /openai/v1} style. */
    AZURE("azure", "/openai/deployments/demo");

    private final String id;
    private final String basePath;

    SimulatedDialect(String id, String basePath) {
        this.id = id;
        this.basePath = basePath;
    }

    /** Return the dialect's id as Koine's configuration writes it, such as {@code openai-bare}; never null. */
    public String id() {
        return id;
    }

    /** Return the path of the base URL that a user would configure, empty or with a leading slash; never null. */
    public String basePath() {
        return basePath;
    }
}
