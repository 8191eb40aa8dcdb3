package com.example.acme;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ModelTarget;
import java.net.URI;
import java.util.Optional;

/** Acme's addresses: {@code /llm/MODEL/chat}, {@code /llm/MODEL/embed} and {@code /llm}. */
record AcmeRoutes(BaseUrl base) implements Routes {

    @Override
    public URI chat(ModelTarget model) {
        return base.resolve(place(model) + "/chat");
    }

    @Override
    public Optional<URI> embeddings(ModelTarget model) {
        return Optional.of(base.resolve(place(model) + "/embed"));
    }

    @Override
    public Optional<URI> models() {
        return Optional.of(base.resolve("/llm"));
    }

    /** Whatever a user types becomes one segment of the path; a dot or two are segments that lead elsewhere. */
    private static String place(ModelTarget model) {
        if (model.id().equals(".") || model.id().equals("..")) {
            throw ProviderFailure.builder(FailureKind.MODEL_UNKNOWN).message("no model is called " + model.id())
                    .field("model").build().toException();
        }
        return "/llm/" + BaseUrl.encode(model.id());
    }

    /** The address names the model; the body need not. */
    @Override
    public Optional<String> modelField(ModelTarget model) {
        return Optional.empty();
    }
}
