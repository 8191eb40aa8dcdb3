package dev.koine.cli.config;

import static java.util.Objects.requireNonNull;

import dev.koine.core.Koine;
import dev.koine.core.config.ConfigChecks;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.Preset;
import dev.koine.spi.ConfigKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the dialects and presets at hand know about a configuration. */
public final class DialectChecks implements ConfigChecks {
    private final Koine koine;

    public DialectChecks(Koine koine) {
        this.koine = requireNonNull(koine, "koine is null");
    }

    @Override
    public Set<String> knownPresets() {
        return koine.presets().all().stream().map(Preset::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Set<String> knownDialects() {
        return koine.dialects().ids();
    }

    @Override
    public Optional<String> dialectOf(String preset) {
        return koine.presets().find(preset).map(Preset::dialect);
    }

    @Override
    public List<ConfigKey> options(String dialect) {
        return koine.dialects().find(dialect).map(handle -> handle.descriptor().options()).orElse(List.of());
    }

    @Override
    public List<ConfigKey> quirks() {
        var keys = new LinkedHashMap<String, ConfigKey>();
        for (String id : koine.dialects().ids()) {
            koine.dialects().find(id).map(DialectHandle::descriptor)
                    .ifPresent(dialect -> dialect.quirks().forEach(key -> keys.putIfAbsent(key.name(), key)));
        }
        return List.copyOf(keys.values());
    }
}
