package dev.koine.core.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source of dialects and presets that remembers what it was asked to open. */
final class FakeSource implements DialectSource {
    final List<String> opened = new ArrayList<>();
    private final List<DialectHandle> handles;
    private final List<PresetText> presets;

    FakeSource(List<DialectHandle> handles, List<PresetText> presets) {
        this.handles = handles;
        this.presets = presets;
    }

    @Override
    public List<DialectInfo> dialects() {
        return handles.stream().map(DialectHandle::info).toList();
    }

    @Override
    public Optional<DialectHandle> open(String id) {
        var found = handles.stream().filter(handle -> handle.id().equals(id)).findFirst();
        found.ifPresent(handle -> opened.add(id));
        return found;
    }

    @Override
    public Optional<DialectProblem> explain(String id) {
        return Optional.empty();
    }

    @Override
    public List<String> presetIds() {
        return presets.stream().flatMap(text -> Presets.idsIn(text).stream()).toList();
    }

    @Override
    public List<PresetText> presetTexts() {
        opened.add("presets");
        return presets;
    }

    @Override
    public List<DialectProblem> problems() {
        return List.of();
    }
}
