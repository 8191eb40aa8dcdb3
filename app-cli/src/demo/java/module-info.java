/** A dialect as a third party would write it: the demo drops its jar into a plugins folder. */
module com.example.acme {
    requires dev.koine.openai.wire;
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.acme.AcmeChat;
}
