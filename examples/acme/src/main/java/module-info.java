/** The dialect {@code acme}: OpenAI's wire form at addresses of Acme's own. */
module com.example.acme {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.acme.AcmeProvider;
}
