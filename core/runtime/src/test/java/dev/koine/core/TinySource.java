package dev.koine.core;

import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.PresetText;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A source of dialects that a test writes in a line each. Counts the providers that were created. */
final class TinySource implements DialectSource {
    private final Map<String, Function<ProviderConfig, Provider>> makers = new LinkedHashMap<>();
    final List<ProviderConfig> created = new ArrayList<>();
    final List<String> notices = new ArrayList<>();

    static TinySource http() {
        return new TinySource().with("tiny", TinyDialect::new);
    }

    TinySource with(String id, Function<ProviderConfig, Provider> maker) {
        makers.put(id, maker);
        return this;
    }

    private DialectInfo info(String id) {
        return new DialectInfo(id, "a dialect for tests", new DialectOrigin.BuiltIn(""), Optional.empty());
    }

    @Override
    public List<DialectInfo> dialects() {
        return makers.keySet().stream().map(this::info).toList();
    }

    @Override
    public Optional<DialectHandle> open(String id) {
        return Optional.ofNullable(makers.get(id)).map(maker -> new DialectHandle(
                DialectDescriptor.of(id, "a dialect for tests"), info(id).origin(), spi(id, maker), Optional.empty()));
    }

    private ProviderSpi spi(String id, Function<ProviderConfig, Provider> maker) {
        return new ProviderSpi() {
            @Override
            public DialectDescriptor descriptor() {
                return DialectDescriptor.of(id, "a dialect for tests");
            }

            @Override
            public Provider create(ProviderConfig config) {
                created.add(config);
                return maker.apply(config);
            }

            @Override
            public List<String> notices(ProviderConfig config) {
                return notices;
            }
        };
    }

    @Override
    public Optional<DialectProblem> explain(String id) {
        return Optional.empty();
    }

    @Override
    public List<String> presetIds() {
        return List.of();
    }

    @Override
    public List<PresetText> presetTexts() {
        return List.of();
    }

    @Override
    public List<DialectProblem> problems() {
        return List.of();
    }
}
