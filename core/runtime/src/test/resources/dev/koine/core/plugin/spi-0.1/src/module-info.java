module acme.kept {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with acme.kept.Kept;
}
