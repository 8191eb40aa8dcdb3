package com.example.acme;

import dev.koine.api.*;
import dev.koine.spi.*;
import java.util.*;

/** A dialect that keeps the contract; tests change a line of it to break a rule. */
public final class AcmeProvider implements ProviderSpi {
    private static final ConfigKey TEAM = ConfigKey.builder("team", ConfigKey.Type.TEXT).doc("who pays").build();
    private static final DialectDescriptor DESCRIPTOR = new DialectDescriptor("acme", "Acme's chat service",
            List.of(TEAM), List.of());

    public AcmeProvider() {}

    @Override
    public DialectDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        return base.origin().host().endsWith(".acme.example")
                ? Optional.of(new Claim(Claim.Strength.HOST, "the host is Acme's"))
                : Optional.empty();
    }

    @Override
    public Provider create(ProviderConfig config) {
        return new Acme(config.requireBaseUrl(), config.auth(new AuthStyle.Bearer()), config);
    }

    @Override
    public List<String> notices(ProviderConfig config) {
        return List.of();
    }
}
