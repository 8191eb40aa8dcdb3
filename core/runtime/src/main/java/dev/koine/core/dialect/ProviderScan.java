package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.ProviderSpi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Reads a {@link ServiceLoader} to its end, whatever its providers do: one that cannot be loaded becomes a problem and
 * hides none of the others. No provider is constructed.
 *
 * @param providers the providers that were found
 * @param problems what is wrong with the others
 */
public record ProviderScan(List<ServiceLoader.Provider<ProviderSpi>> providers, List<DialectProblem> problems) {
    // The iterator of a class loader may throw the same LinkageError for ever (JDK-8196182).
    private static final int CAP = 200;

    public ProviderScan {
        providers = List.copyOf(providers);
        problems = List.copyOf(problems);
    }

    /**
     * Scan for providers.
     *
     * @param subject whose providers they are, for problems
     * @param file where they are, for problems
     * @param services the loader to read
     * @param own which provider classes count; a layer's loader also finds those of its parents
     */
    public static ProviderScan of(String subject, Path file, ServiceLoader<ProviderSpi> services,
            Predicate<Class<? extends ProviderSpi>> own) {
        return scan(subject, Optional.of(file), services, own);
    }

    static ProviderScan scan(String subject, Optional<Path> file, ServiceLoader<ProviderSpi> services,
            Predicate<Class<? extends ProviderSpi>> own) {
        requireNonNull(subject, "subject is null");
        var providers = new ArrayList<ServiceLoader.Provider<ProviderSpi>>();
        var problems = new ArrayList<DialectProblem>();
        var iterator = services.stream().iterator();
        for (int i = 0; i < CAP; i++) {
            try {
                if (!iterator.hasNext()) {
                    break;
                }
                var provider = iterator.next();
                if (own.test(provider.type())) {
                    providers.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                var problem = new DialectProblem(Kind.PROVIDER, subject, file, Faults.describe(e), Optional.empty());
                if (!problems.contains(problem)) {
                    problems.add(problem);
                }
            }
        }
        return new ProviderScan(providers, problems);
    }
}
