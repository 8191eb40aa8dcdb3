package dev.koine.core.plugin;

import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.plugin.Generations.Generation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One comparison of the plugins folders and the lock with the plugins that are open. */
final class Reloading {
    private final PluginCatalog catalog;
    private final Generations generations;
    private final Consumer<PluginEvent> events;
    private final PluginsLock lock;
    private final List<PluginFile> files;
    private final Set<Generation> settled = new LinkedHashSet<>();
    private final List<Reload.Change> changes = new ArrayList<>();

    Reloading(PluginCatalog catalog, Generations generations, Consumer<PluginEvent> events) {
        this.catalog = catalog;
        this.generations = generations;
        this.events = events;
        this.lock = catalog.lock();
        this.files = catalog.files().files();
    }

    /** Swap what changed and is trusted, withdraw what is gone, leave alone what waits. */
    Reload run() {
        files.forEach(this::file);
        for (var generation : generations.all()) {
            if (settled.add(generation)) {
                withdraw(generation.from().file(), generation, Reload.What.WITHDRAWN, lost(generation.from()));
            }
        }
        for (var plugin : lock.plugins()) {
            if (files.stream().noneMatch(file -> file.path().equals(plugin.file()))
                    && changes.stream().noneMatch(change -> change.file().equals(plugin.file()))) {
                change(plugin.name(), plugin.file(), Reload.What.GONE, Optional.of(new DialectProblem(Kind.MISSING,
                        plugin.name(), Optional.of(plugin.file()), "it is trusted, and its file is gone",
                        Optional.of("put it back: " + catalog.paths().show(plugin.file())))));
            }
        }
        return new Reload(changes);
    }

    private void file(PluginFile file) {
        var info = catalog.info(file, lock, generations::of);
        var problem = info.problems().stream().findFirst();
        var open = info.sha256().flatMap(generations::of);
        var before = generations.all().stream().filter(
                generation -> generation.from().file().path().equals(file.path())
                        && !Optional.of(generation).equals(open))
                .findFirst();
        switch (info.state()) {
            case ACTIVE -> {
                open.ifPresent(settled::add);
                change(file, Reload.What.KEPT, problem);
            }
            case FAILED, RETIRED -> open.ifPresent(broken -> withdraw(file, broken, Reload.What.RENEWED, problem));
            case DISABLED -> open.or(() -> before).ifPresentOrElse(
                    running -> withdraw(file, running, Reload.What.WITHDRAWN, problem),
                    () -> change(file, Reload.What.DISABLED, problem));
            case RESOLVED -> before.ifPresentOrElse(old -> replace(file, old),
                    () -> change(file, Reload.What.READY, problem));
            case FOUND, REFUSED -> {
                if (open.isPresent() && catalog.untrusted().policy() == PluginSettings.Policy.WARN) {
                    open.ifPresent(settled::add);
                    change(file, Reload.What.KEPT, problem);
                    return;
                }
                // The trusted code runs from its copy; a file that is half written must not take it away.
                before.filter(old -> lock.byDigest(old.from().sha256()).isPresent()).ifPresent(settled::add);
                change(file, info.state() == PluginInfo.State.FOUND || waits(problem) ? Reload.What.WAITING
                        : Reload.What.REFUSED, problem);
            }
        }
    }

    private static boolean waits(Optional<DialectProblem> problem) {
        return problem.filter(found -> found.kind() == Kind.CHANGED).isPresent();
    }

    private void replace(PluginFile file, Generation old) {
        settled.add(old);
        var trusted = lock.byDigest(PluginCatalog.digest(file).orElse(""));
        if (trusted.isEmpty()) {
            change(file, Reload.What.WAITING, Optional.of(PluginCatalog.changed(file)));
            return;
        }
        var fresh = generations.replace(old, new TrustedFile(file, trusted.get(), List.of()));
        settled.add(fresh);
        change(file, Reload.What.REPLACED, fresh.problems().stream().findFirst());
    }

    private void withdraw(PluginFile file, Generation generation, Reload.What what, Optional<DialectProblem> problem) {
        settled.add(generation);
        generations.withdraw(generation);
        if (!java.nio.file.Files.exists(file.path())) {
            events.accept(new PluginEvent.Removed(file.name(), file.path()));
        }
        change(file, what, problem);
    }

    private Optional<DialectProblem> lost(TrustedFile from) {
        Path path = from.file().path();
        return Optional.of(files.stream().filter(file -> file.path().equals(path)).findFirst()
                .map(file -> new DialectProblem(Kind.UNTRUSTED, file.name(), Optional.of(path),
                        "it is not trusted any more", Optional.of("koine plugins trust " + file.name())))
                .orElseGet(() -> new DialectProblem(Kind.MISSING, from.file().name(), Optional.of(path),
                        "its file is gone", Optional.of("put it back: " + catalog.paths().show(path)))));
    }

    private void change(PluginFile file, Reload.What what, Optional<DialectProblem> problem) {
        change(file.name(), file.path(), what, problem);
    }

    private void change(String plugin, Path file, Reload.What what, Optional<DialectProblem> problem) {
        changes.removeIf(change -> change.file().equals(file));
        changes.add(new Reload.Change(plugin, file, what, problem));
    }
}
