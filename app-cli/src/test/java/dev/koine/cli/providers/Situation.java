package dev.koine.cli.providers;

import java.util.Optional;

/** What goes wrong with services, in the order of the page. */
enum Situation {
    WRONG_PATH("wrong path"), HTML("a web page"), WRONG_VERSION("wrong version"), WRONG_KEY("wrong key"), WRONG_MODEL(
            "wrong model"),
    EMPTY("empty stream"), PROXY("proxy"), TLS("TLS");

    private final String words;

    Situation(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Return the setting that is to be named; empty where the situation does not exist at the service. */
    Optional<String> field(ServiceFacts service) {
        return switch (this) {
            case WRONG_PATH, HTML -> Optional.of(service.strayField());
            case WRONG_VERSION -> Optional.of(service.apiVersions().isEmpty() ? "base-url" : "api-version");
            case WRONG_KEY -> service.needsKey() ? Optional.of("api-key") : Optional.empty();
            case WRONG_MODEL -> service.takesAnyModel() ? Optional.empty()
                    : Optional.of(service.wrongModel().body().contains("Deployment") ? "deployment" : "model");
            case EMPTY -> Optional.of("quirks.stream");
            case PROXY -> Optional.of("proxy");
            case TLS -> Optional.of("tls.ca-file");
        };
    }
}
