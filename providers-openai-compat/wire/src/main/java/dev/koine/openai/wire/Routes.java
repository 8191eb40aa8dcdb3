package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.BaseUrl;
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

    /** Return the routes of an endpoint that has all operations right behind one base, and the model in the body. */
    static Routes at(BaseUrl base) {
        requireNonNull(base, "base is null");
        return new Routes() {
            @Override
            public URI chat(ModelTarget model) {
                return base.resolve("/chat/completions");
            }

            @Override
            public Optional<URI> embeddings(ModelTarget model) {
                return Optional.of(base.resolve("/embeddings"));
            }

            @Override
            public Optional<URI> models() {
                return Optional.of(base.resolve("/models"));
            }
        };
    }
}
