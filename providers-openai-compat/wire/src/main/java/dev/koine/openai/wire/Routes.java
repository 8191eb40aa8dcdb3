package dev.koine.openai.wire;

import dev.koine.spi.ModelTarget;
import java.net.URI;
import java.util.Optional;

/** Where an endpoint's operations are: all in which the OpenAI-like dialects differ from one another. */
public interface Routes {

    /** Return the address of chat completions with this model. */
    URI chat(ModelTarget model);

    /** Return the address of embeddings with this model; empty where there are none. */
    Optional<URI> embeddings(ModelTarget model);

    /** Return the address of the model list; empty where there is none. */
    Optional<URI> models();

    /** Return what the request's {@code model} field says; empty where the address names the model already. */
    default Optional<String> modelField(ModelTarget model) {
        return Optional.of(model.id());
    }
}
