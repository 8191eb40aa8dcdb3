/** The dialect {@code {{id}}}. */
module {{package}} {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with {{package}}.{{class}}Provider;
}
