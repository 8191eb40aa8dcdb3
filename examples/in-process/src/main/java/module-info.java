/** The dialect {@code eliza}: a provider that answers by itself. */
module com.example.eliza {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.eliza.ElizaProvider;
}
