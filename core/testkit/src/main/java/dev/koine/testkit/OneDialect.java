package dev.koine.testkit;

import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.PresetText;
import dev.koine.core.dialect.Presets;
import dev.koine.spi.ProviderSpi;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gives the engine the dialect under test.
 *
 * @param spi the dialect
 * @param presets the text of its presets file
 */
record OneDialect(ProviderSpi spi, Optional<String> presets) implements DialectSource {

    private DialectHandle handle() {
        return new DialectHandle(spi.descriptor(), new DialectOrigin.BuiltIn(""), spi, Optional.empty());
    }

    @Override
    public List<DialectInfo> dialects() {
        return List.of(handle().info());
    }

    @Override
    public Optional<DialectHandle> open(String id) {
        return Optional.of(handle()).filter(handle -> handle.id().equals(id));
    }

    @Override
    public Optional<DialectProblem> explain(String id) {
        return Optional.empty();
    }

    @Override
    public List<String> presetIds() {
        return presetTexts().stream().flatMap(text -> Presets.idsIn(text).stream()).toList();
    }

    @Override
    public List<PresetText> presetTexts() {
        return presets.map(text -> new PresetText(spi.descriptor().id(), Path.of("presets.toml"), text)).stream()
                .toList();
    }

    @Override
    public List<DialectProblem> problems() {
        return List.of();
    }
}
