/**
 * The engine: configuration, endpoint resolution, registry, plugin layers, transport, secrets. {@link dev.koine.core.Koine}
 * is the way in for a program, {@link dev.koine.core.KoineModule} for one that uses Guice. Names no dialect and knows no
 * provider's URL rule: those travel in the dialects' jars.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.core {
    requires transitive dev.koine.spi;
    requires static org.jspecify;
    requires transitive com.google.guice;
    // Guice is an automatic module and resolves nothing itself; the same holds for HttpClient's logging and sockets.
    requires com.google.common;
    requires org.objectweb.asm;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;
    requires jakarta.inject;
    requires jdk.net;
    requires org.tomlj;
    requires tools.jackson.core;

    exports dev.koine.core.config;
    exports dev.koine.core.detection;
    exports dev.koine.core.diagnosis;
    exports dev.koine.core.dialect;
    exports dev.koine.core.json;
    exports dev.koine.core.plugin;
    exports dev.koine.core.registry;
    exports dev.koine.core.secret;
    exports dev.koine.core.transport;
    exports dev.koine.core;

    uses dev.koine.spi.ProviderSpi;
}
