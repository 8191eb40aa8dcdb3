package com.example.eliza;

import dev.koine.api.Json;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.time.Duration;
import java.util.List;

/** The dialect {@code eliza}: nothing is sent anywhere; the answer is made in this process. */
public final class ElizaProvider implements ProviderSpi {
    private static final String PAUSE = "pause-ms";
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("eliza",
            "the doctor of 1966, in process; needs no endpoint",
            List.of(ConfigKey.builder(PAUSE, ConfigKey.Type.INTEGER).defaultValue("0")
                    .doc("milliseconds between two words").build()),
            List.of());

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Provider create(ProviderConfig config) {
        long pause = config.options().get(PAUSE).orElse(Json.NULL) instanceof Json.Num number
                ? number.asLong().orElse(0)
                : 0;
        return new Eliza(Duration.ofMillis(Math.max(0, pause)));
    }
}
