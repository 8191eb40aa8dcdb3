/**
 * The OpenAI chat codec: request encoder, reply and stream decoders, failure reader. Provides no service: it is a library
 * for dialects that speak OpenAI's wire form under other URLs.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.openai.wire {
    requires transitive dev.koine.spi;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports dev.koine.openai.wire;
}
