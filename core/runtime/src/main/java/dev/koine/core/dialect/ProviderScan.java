package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.KoineException;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.ProviderSpi;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Reads a {@link ServiceLoader} to its end, whatever its providers do: one that cannot be loaded or constructed becomes
 * a problem and hides none of the others.
 *
 * @param providers the providers that were found, not yet constructed
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
     * Scan for providers. Loads provider classes and initialises none.
     *
     * @param subject whose providers they are, for problems
     * @param services the loader to read
     * @param own which provider classes count; a layer's loader also finds those of its parents
     */
    public static ProviderScan of(String subject, ServiceLoader<ProviderSpi> services,
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
                var problem = DialectProblem.of(Kind.PROVIDER, subject, Faults.describe(e));
                if (!problems.contains(problem)) {
                    problems.add(problem);
                }
            }
        }
        return new ProviderScan(providers, problems);
    }

    /** Construct the providers of a plugin, inside its fence. */
    public Opened open(DialectOrigin.Plugin origin, Optional<String> version, Containment fence) {
        var handles = new ArrayList<DialectHandle>();
        var found = new ArrayList<DialectProblem>();
        for (var problem : problems) {
            found.add(problem.at(origin.file()));
        }
        for (var provider : providers) {
            try {
                var spi = fence.call("construct " + provider.type().getName(), provider::get);
                var contained = fence.around(spi);
                accept(origin.name(), contained, contained.descriptor(), origin, version, handles, found);
            } catch (KoineException e) {
                String said = e instanceof ProviderFailureException p ? p.failure().message() : e.getMessage() + "";
                var kind = fence.retired().isPresent() ? Kind.TIME_LIMIT : Kind.PROVIDER;
                found.add(new DialectProblem(kind, origin.name(), Optional.of(origin.file()), said, Optional.empty()));
            }
        }
        return new Opened(handles, found);
    }

    /** Construct providers that are part of the program. */
    Opened open() {
        var handles = new ArrayList<DialectHandle>();
        var found = new ArrayList<>(problems);
        for (var provider : providers) {
            String name = provider.type().getName();
            try {
                var module = provider.type().getModule();
                var version = Optional.ofNullable(module.getDescriptor()).flatMap(ModuleDescriptor::rawVersion);
                var origin = new DialectOrigin.BuiltIn(module.isNamed() ? module.getName() : "");
                var spi = provider.get();
                accept(name, spi, spi.descriptor(), origin, version, handles, found);
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                found.add(DialectProblem.of(Kind.PROVIDER, name, Faults.describe(e)));
            }
        }
        return new Opened(handles, found);
    }

    private static void accept(String subject, ProviderSpi spi, DialectDescriptor descriptor, DialectOrigin origin,
            Optional<String> version, List<DialectHandle> handles, List<DialectProblem> problems) {
        Optional<Path> file = origin instanceof DialectOrigin.Plugin plugin ? Optional.of(plugin.file())
                : Optional.empty();
        if (descriptor == null) {
            problems.add(new DialectProblem(Kind.DESCRIPTOR, subject, file, "it has no descriptor", Optional.empty()));
            return;
        }
        String id = descriptor.id();
        if (ReservedIds.contains(id)) {
            problems.add(new DialectProblem(Kind.RESERVED, subject, file,
                    "its dialect calls itself '" + id + "', a name that Koine keeps for itself",
                    Optional.of("give the dialect another id")));
            return;
        }
        for (var other : handles) {
            if (other.id().equals(id)) {
                problems.add(new DialectProblem(Kind.DUPLICATE, subject, file, "the dialect '" + id
                        + "' is there twice: " + place(other) + " and " + spi.getClass().getName()
                        + "; the first is used", Optional.empty()));
                return;
            }
        }
        handles.add(new DialectHandle(descriptor, origin, spi, version));
    }

    private static String place(DialectHandle handle) {
        return switch (handle.origin()) {
            case DialectOrigin.BuiltIn(var module) when !module.isEmpty() -> "module " + module;
            case DialectOrigin.BuiltIn ignored -> handle.spi().getClass().getName();
            case DialectOrigin.Plugin plugin -> "plugin " + plugin.name();
        };
    }

    /**
     * What became of the providers.
     *
     * @param handles the dialects that can be used
     * @param problems what is wrong with the others
     */
    public record Opened(List<DialectHandle> handles, List<DialectProblem> problems) {
        public Opened {
            handles = List.copyOf(handles);
            problems = List.copyOf(problems);
        }
    }
}
