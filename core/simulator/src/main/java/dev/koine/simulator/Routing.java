package dev.koine.simulator;

import java.util.Optional;

/** Where a request leads. */
sealed interface Routing {
    /** To an operation; where the path names the deployment, {@code deployment} does. */
    record To(Operation operation, Optional<String> deployment) implements Routing {}

    /** Nowhere: the reply says why. */
    record Nowhere(Reply reply) implements Routing {}

    /** What an endpoint can do. */
    enum Operation {
        CHAT, EMBEDDINGS, MODELS
    }

    static Routing to(Operation operation) {
        return new To(operation, Optional.empty());
    }

    static Routing nowhere(Reply reply) {
        return new Nowhere(reply);
    }
}
