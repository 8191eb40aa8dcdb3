package dev.koine.testkit;

import dev.koine.spi.Origin;

/** What is asked in a round trip. */
interface Endpoint extends AutoCloseable {
    /** The key that it takes, and no other. */
    String KEY = "koine-contract-key-7c1e55d0a9f24b68";

    Origin origin();

    /** Stop the next answer in the middle, until this endpoint is closed. */
    void stallNext();

    /** Break the next answer off in the middle. */
    void cutNext();

    /** Return the model that calls tools. */
    String toolModel();

    /** Return whether it has a list of models. */
    boolean hasModelList();

    @Override
    void close();

    /** Return the endpoint that the author names. */
    static Endpoint of(Subject subject) {
        boolean keyed = subject.does(Behavior.KEY);
        return subject.contract().simulated().<Endpoint>map(dialect -> new SimulatedEndpoint(dialect, keyed))
                .orElseGet(() -> new ScriptedServer(subject.contract().endpoint().orElseThrow(), keyed));
    }
}
