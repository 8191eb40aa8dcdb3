/**
 * The contract of a dialect as a JUnit test: extend {@link dev.koine.testkit.DialectContract} and name the dialect.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.testkit {
    requires transitive dev.koine.spi;
    requires transitive dev.koine.simulator;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;
    requires dev.koine.core;
    requires jdk.httpserver;

    exports dev.koine.testkit;

    // The dialect under test, once more and apart.
    uses dev.koine.spi.ProviderSpi;
}
