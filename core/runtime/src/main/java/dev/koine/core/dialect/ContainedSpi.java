package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plugin's entry inside its fence. */
final class ContainedSpi implements ProviderSpi {
    private final Guest<ProviderSpi> spi;
    private final Containment containment;

    ContainedSpi(ProviderSpi spi, Containment containment) {
        this.containment = requireNonNull(containment, "containment is null");
        this.spi = containment.guest(requireNonNull(spi, "spi is null"));
    }

    /** Return the fence. */
    Containment containment() {
        return containment;
    }

    private ProviderSpi spi() {
        return containment.present(spi);
    }

    @Override
    public DialectDescriptor descriptor() {
        return containment.call("describe itself", () -> spi().descriptor());
    }

    @Override
    public Optional<Claim> recognise(BaseUrl base) {
        return containment.call("judge a URL", () -> spi().recognise(base));
    }

    @Override
    public List<String> notices(ProviderConfig config) {
        var notices = new ArrayList<>(containment.notices());
        notices.addAll(containment.call("say what is noteworthy", () -> List.copyOf(spi().notices(config))));
        return notices;
    }

    @Override
    public Provider create(ProviderConfig config) {
        return switch (containment.call("create a provider", () -> spi().create(config))) {
            case HttpDialect dialect -> new ContainedDialect(dialect, containment, config);
            case DirectProvider direct -> new ContainedDirect(direct, containment);
        };
    }
}
