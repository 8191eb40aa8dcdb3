package dev.koine.spi;

import java.util.List;
import java.util.Optional;

/**
 * The entry of a dialect: how Koine speaks to one kind of endpoint. Found by {@link java.util.ServiceLoader}; a module
 * {@code provides} it and carries the same line in {@code META-INF/services}, so that it is found on the class path too.
 *
 * <p>An implementation has a public constructor without parameters, keeps no state, and does no I/O. Presets, that is
 * well-known endpoints that speak this dialect, travel beside it as data in {@code META-INF/koine/presets.toml}.
 *
 * <p>New methods come only as {@code default} methods.
 */
public interface ProviderSpi {

    /**
     * Return what this dialect is and which configuration keys it knows.
     *
     * @return the same value at every call, never null
     */
    DialectDescriptor descriptor();

    /**
     * Judge how surely a base URL is one of this dialect's. Pure: nothing is asked of the endpoint.
     *
     * @param base the tidied base URL that the user gave
     * @return a claim, or empty (the default) when nothing about the URL speaks for this dialect
     */
    default Optional<Claim> recognise(BaseUrl base) {
        return Optional.empty();
    }

    /**
     * Create a provider: this dialect with one endpoint's configuration. Does no I/O.
     *
     * @param config the endpoint's configuration; its options already satisfy {@link DialectDescriptor#options()}
     * @return the provider, either an {@link HttpDialect} or a {@link DirectProvider}
     * @throws ConfigurationException if the configuration lacks something or contradicts itself
     */
    Provider create(ProviderConfig config);

    /**
     * Say what a person should know about a configuration that works, such as a default that stands in for a missing
     * value. Pure, like {@link #create}.
     *
     * @param config a configuration that {@link #create} accepts
     * @return sentences without a full stop, none (the default) when there is nothing to say
     */
    default List<String> notices(ProviderConfig config) {
        return List.of();
    }
}
