module com.example.line {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.line.LineProvider;
}
