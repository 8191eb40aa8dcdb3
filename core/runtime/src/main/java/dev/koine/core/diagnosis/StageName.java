package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

/** The stages of a test in their order, and the word that a person reads. */
enum StageName {
    URL("URL"), DNS("DNS"), TCP("TCP"), PROXY("Proxy"), TLS("TLS"), KEY("Key"), ROUTE("Route"), AUTH("Auth"), MODEL(
            "Model"),
    CHAT("Chat"), STREAM("Stream"), USAGE("Usage"), TOOLS("Tools"), STRUCTURED("Structured output");

    private final String word;

    StageName(String word) {
        this.word = requireNonNull(word, "word is null");
    }

    String word() {
        return word;
    }

    /** Return whether it is run only when everything is asked for. */
    boolean isExtra() {
        return this == TOOLS || this == STRUCTURED;
    }
}
