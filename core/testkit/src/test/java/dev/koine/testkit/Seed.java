package dev.koine.testkit;

import dev.koine.spi.ProviderSpi;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What a contract of a fixture is told by the test that runs it.
 *
 * @param constructor makes the dialect
 * @param behaviors what its author says that it does
 */
record Seed(Constructor<? extends ProviderSpi> constructor, Set<Behavior> behaviors) {

    static Map<String, String> parameters(Fixture fixture, Path folder, Set<Behavior> behaviors) {
        fixture.compile(folder);
        return Map.of("folder", folder.toString(), "provider", fixture.provider(), "behaviors",
                behaviors.stream().map(Behavior::name).collect(Collectors.joining(",")));
    }

    ProviderSpi spi() {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hands the seed to the constructor of a contract. */
    static final class Resolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Seed.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var behaviors = Stream.of(context.getConfigurationParameter("behaviors").orElseThrow().split(","))
                    .filter(name -> !name.isEmpty()).map(Behavior::valueOf).collect(Collectors.toSet());
            return new Seed(Fixture.load(Path.of(context.getConfigurationParameter("folder").orElseThrow()),
                    context.getConfigurationParameter("provider").orElseThrow()), behaviors);
        }
    }
}
