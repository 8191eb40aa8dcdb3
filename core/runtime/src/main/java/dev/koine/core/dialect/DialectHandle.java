package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.ProviderSpi;
import java.util.Optional;

/**
 * A dialect that is loaded and can be used.
 *
 * @param descriptor what it is, as it described itself when it was loaded
 * @param origin where it comes from
 * @param spi its entry. That of a plugin is contained: whatever it and its providers do wrong is thrown as a
 *     {@link dev.koine.api.ProviderFailureException} of kind {@code PLUGIN}, and no call to it outlasts its limit
 * @param version the version of its module or jar, where that says one
 */
public record DialectHandle(DialectDescriptor descriptor, DialectOrigin origin, ProviderSpi spi,
        Optional<String> version) {
    public DialectHandle {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(spi, "spi is null");
        requireNonNull(version, "version is null");
    }

    /** Return the dialect's id. */
    public String id() {
        return descriptor.id();
    }

    /** Return this dialect as lists show it. */
    public DialectInfo info() {
        return new DialectInfo(descriptor.id(), descriptor.summary(), origin, version);
    }

    /**
     * Begin a use of the dialect: its plugin, if it comes from one, is not closed before the use is over.
     *
     * @return the use; empty when the plugin is gone and the dialect must be found again
     */
    public Optional<Lease> lease() {
        return spi instanceof ContainedSpi contained ? contained.containment().lease() : Optional.of(Lease.UNBOUND);
    }

    /** Return whether new requests may use it; not so once its plugin was replaced or removed. */
    public boolean isCurrent() {
        return !(spi instanceof ContainedSpi contained) || contained.containment().isCurrent();
    }
}
