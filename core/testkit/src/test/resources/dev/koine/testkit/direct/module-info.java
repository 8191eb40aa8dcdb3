module com.example.echo {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.echo.EchoProvider;
}
