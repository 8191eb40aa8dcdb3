/** The dialect {@code ollama-native}: Ollama's own API. Needs the SPI and nothing else. */
module com.example.ollama {
    requires dev.koine.spi;

    provides dev.koine.spi.ProviderSpi with com.example.ollama.OllamaProvider;
}
