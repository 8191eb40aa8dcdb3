package com.example.eliza;

import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.Behavior;
import dev.koine.testkit.DialectContract;

/** Eliza speaks no HTTP, calls no tools and sees nothing. */
class ElizaContractTest extends DialectContract {

    @Override
    protected ProviderSpi spi() {
        return new ElizaProvider();
    }

    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("eliza").build();
    }

    @Override
    protected boolean supports(Behavior behavior) {
        return switch (behavior) {
            case HTTP, TOOLS, JSON_SCHEMA, VISION -> false;
            default -> true;
        };
    }
}
