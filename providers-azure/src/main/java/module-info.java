/** The dialect {@code azure}: deployments with dated API versions, the v1 API, and Azure's other chat endpoints. */
@org.jspecify.annotations.NullMarked
module dev.koine.azure {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;
    requires static org.jspecify;

    provides dev.koine.spi.ProviderSpi with dev.koine.azure.AzureProvider;
}
