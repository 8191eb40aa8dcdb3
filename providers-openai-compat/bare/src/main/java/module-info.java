/** The dialect {@code openai-bare}: the base is used as it stands. */
@org.jspecify.annotations.NullMarked
module dev.koine.openai.bare {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;
    requires static org.jspecify;

    provides dev.koine.spi.ProviderSpi with dev.koine.openai.bare.OpenAiBareProvider;
}
