package dev.koine.core.plugin;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a plugin comes to be trusted: copied, read, tried, recorded; each step may refuse it.
 *
 * @param record the lock that it is recorded in
 */
record Trust(KoinePaths paths, Path record, List<Path> folders, PluginCache cache, PluginFaults faults,
        Duration trialLimit) {

    /** Return the same, recorded in another lock. */
    Trust recording(Path place) {
        return new Trust(paths, place, folders, cache, faults, trialLimit);
    }

    /** Trust a plugin, or say why not. */
    PluginInfo grant(PluginFile file, Set<String> builtIn) {
        try {
            String sha256;
            try {
                sha256 = file.sha256();
            } catch (IOException e) {
                return PluginCatalog.refused(file, Optional.empty(), PluginCatalog.unreadable(file, e));
            }
            var copy = cache.copy(file, sha256);
            if (copy.isEmpty()) {
                return PluginCatalog.refused(file, Optional.of(sha256), new DialectProblem(Kind.CHANGED, file.name(),
                        Optional.of(file.path()), "it changed while it was read", Optional.of("try again")));
            }
            var content = PluginContent.read(copy.get());
            var seen = new PluginInfo(file.name(), file.path(), PluginInfo.State.REFUSED, Optional.of(sha256),
                    content.form(), content.version(), content.spiVersion(), List.of(), List.of(), Optional.empty(),
                    content.problems().stream().map(problem -> problem.at(file.path())).toList());
            if (!content.problems().isEmpty() || content.form().isEmpty()) {
                return seen;
            }
            var form = content.form().get();
            var trial = form == PluginInfo.Form.DATA ? new Trial(List.of(), List.of())
                    : Trial.of(file, copy.get(), form, trialLimit);
            faults.keep(file, sha256, trial.problems());
            if (form != PluginInfo.Form.DATA && trial.dialects().isEmpty()) {
                return PluginCatalog.refused(file, Optional.of(sha256),
                        trial.problems().toArray(DialectProblem[]::new));
            }
            var presets = content.presets().stream().flatMap(text -> Presets.idsIn(text).stream()).distinct().toList();
            var trusted = new TrustedPlugin(file.name(), file.path(), sha256, form, content.version(),
                    content.spiVersion(), trial.dialects(), presets, Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    true);
            var taken = builtIn(trusted, builtIn(builtIn));
            if (taken.isEmpty()) {
                taken = store(trusted);
            }
            if (taken.isPresent()) {
                faults.keep(file, sha256, List.of(taken.get()));
                return PluginCatalog.refused(file, Optional.of(sha256), taken.get());
            }
            return new PluginInfo(file.name(), file.path(), PluginInfo.State.RESOLVED, Optional.of(sha256),
                    Optional.of(form), content.version(), content.spiVersion(), trusted.dialectIds(), presets,
                    Optional.of(trusted.trustedAt()), trial.problems());
        } catch (IOException e) {
            throw new PluginsException("plugin " + file.name() + " cannot be trusted: " + PluginFile.said(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderFailure.of(FailureKind.CANCELLED, "cancelled").toException();
        }
    }

    private static Set<String> builtIn(Set<String> further) {
        var ids = new LinkedHashSet<>(Dialects.of(List.of()).builtInIds());
        ids.addAll(further);
        return ids;
    }

    private static Optional<DialectProblem> builtIn(TrustedPlugin plugin, Set<String> builtIn) {
        return plugin.dialectIds().stream().filter(builtIn::contains).findFirst()
                .map(id -> new DialectProblem(Kind.DUPLICATE, plugin.name(), Optional.of(plugin.file()),
                        "the dialect '" + id + "' is built in, and " + plugin.name() + " brings another one",
                        Optional.of("ask the plugin's author to give it another id")));
    }

    /** Record a plugin, unless another one has one of its dialects. */
    private Optional<DialectProblem> store(TrustedPlugin plugin) throws IOException {
        return PluginsLock.change(paths, record, lock -> {
            if (!lock.problems().isEmpty()) {
                return Optional.of(lock.problems().getFirst());
            }
            var here = PluginFile.list(folders).files();
            for (var other : lock.with(plugin).plugins()) {
                boolean lies = here.stream().anyMatch(file -> file.path().equals(other.file()));
                for (String id : other.dialectIds()) {
                    if (lies && !other.equals(plugin) && plugin.dialectIds().contains(id)) {
                        return Optional.of(new DialectProblem(Kind.DUPLICATE, plugin.name(), Optional.of(plugin.file()),
                                "the dialect '" + id + "' is that of plugin " + other.name() + " (" + other.file()
                                        + ")",
                                Optional.of("keep one of the two")));
                    }
                }
            }
            lock.with(plugin).write(record);
            return Optional.empty();
        });
    }
}
