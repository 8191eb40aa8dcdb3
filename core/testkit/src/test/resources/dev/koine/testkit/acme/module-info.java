module com.example.acme {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.acme.AcmeProvider;
}
