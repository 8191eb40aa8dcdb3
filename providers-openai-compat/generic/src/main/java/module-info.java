/** The dialect {@code openai}: bases with a version segment, and {@code /v1} added where there is none. */
@org.jspecify.annotations.NullMarked
module dev.koine.openai {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;
    requires static org.jspecify;

    provides dev.koine.spi.ProviderSpi with dev.koine.openai.OpenAiProvider;
}
