package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.PresetText;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The plugins: jars, and folders of jars, that lie in a plugins folder. They are listed by their digests and by what
 * was recorded when they were trusted; each is loaded, from a copy, when one of its dialects is first wanted.
 *
 * <p>A plugin runs with all the rights of the user: trusting one is trusting its author. Trust belongs to the bytes; a
 * jar that changes is refused until it is trusted again.
 *
 * <p>What changes in the folders is listed at once. A plugin that is open stays as it is until {@link #reload()}, which
 * every change through this class brings about as well: then running requests end in the code that they began in, new
 * ones get the new code, and the old leaves the memory.
 *
 * <p>Safe for use by several threads.
 */
public final class Plugins implements DialectSource {
    private final KoinePaths paths;
    private final PluginSettings settings;
    private final PluginCatalog catalog;
    private final PluginCache cache;
    private final PluginFaults faults;
    private final Trust trust;
    private final Limits limits;
    private final Listeners listeners = new Listeners();
    private final LeakProbe probe;
    private final Generations generations;
    private final AtomicLong stamp = new AtomicLong();

    /**
     * How long things may take.
     *
     * @param trial how long a plugin may take to load when it is tried
     * @param drain how long what runs in a plugin may go on when that is withdrawn; longer than any request may take
     * @param patience how long the classes of a closed plugin may stay in memory before the garbage collector is asked,
     *     and again until that is called a leak
     */
    record Limits(Duration trial, Duration drain, Duration patience) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofMinutes(35),
                Duration.ofSeconds(10));
    }

    /**
     * Create the plugins of these folders; nothing is read by this.
     *
     * @param paths where the lock, the cache and the user's plugins are
     * @param settings further folders, and which plugins may run
     * @param extraFolders folders that are searched first, such as that of the distribution
     */
    public Plugins(KoinePaths paths, PluginSettings settings, List<Path> extraFolders) {
        this(paths, settings, extraFolders, Limits.USUAL);
    }

    Plugins(KoinePaths paths, PluginSettings settings, List<Path> extraFolders, Duration trialLimit) {
        this(paths, settings, extraFolders, new Limits(trialLimit, Limits.USUAL.drain(), Limits.USUAL.patience()));
    }

    Plugins(KoinePaths paths, PluginSettings settings, List<Path> extraFolders, Limits limits) {
        this.paths = requireNonNull(paths, "paths is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.limits = requireNonNull(limits, "limits is null");
        var all = new ArrayList<>(extraFolders);
        all.addAll(settings.path());
        all.add(paths.pluginsDir());
        cache = new PluginCache(paths.cache().resolve("plugins"));
        faults = new PluginFaults(paths.state().resolve("plugins"));
        trust = new Trust(paths, paths.pluginsLock(), all, cache, faults, limits.trial());
        catalog = new PluginCatalog(paths, all, faults, new Untrusted(settings.policy(),
                trust.recording(paths.state().resolve("plugins").resolve("untrusted.lock")), faults));
        probe = new LeakProbe(limits.patience(), listeners::tell);
        generations = new Generations(cache, limits.drain(), faults, probe, listeners::tell);
    }

    /** Return the folders that are searched, in their order. */
    public List<Path> folders() {
        return catalog.folders();
    }

    /** Return the plugins, in the order of the folders, without loading any. */
    public List<PluginInfo> list() {
        var lock = catalog.lock();
        return catalog.files().files().stream().map(file -> info(file, lock)).toList();
    }

    /**
     * Return a plugin.
     *
     * @param nameOrPath its name, its file name, or its path
     * @throws UnknownPluginException if no plugin in the folders, or more than one, is called so
     */
    public PluginInfo find(String nameOrPath) {
        return info(catalog.find(nameOrPath), catalog.lock());
    }

    /** Return the names of the modules of a plugin, none where it has none or they cannot be read. */
    public List<String> modules(PluginInfo plugin) {
        try {
            return plugin.form().filter(form -> form != PluginInfo.Form.MODULES).isPresent() ? List.of()
                    : ModuleFinder.of(plugin.file()).findAll().stream().map(module -> module.descriptor().name())
                            .sorted().toList();
        } catch (FindException e) {
            return List.of();
        }
    }

    /**
     * Be told what happens to plugins, on whichever thread it happens; what the listener throws hurts nobody.
     *
     * @return what ends it when it is closed
     */
    public Registration listen(Consumer<? super PluginEvent> listener) {
        return listeners.add(listener);
    }

    /**
     * Try a plugin in a Java process of its own and, if it stands the trial, record that it is trusted. It is switched on,
     * also if an earlier one of its name was off.
     *
     * @param nameOrPath the plugin's name, its file name, or its path
     * @return the plugin: {@code RESOLVED}, or {@code REFUSED} with the problems; then nothing was recorded
     * @throws UnknownPluginException if no plugin in the folders, or more than one, is called so
     * @throws PluginsException if the lock or the cache cannot be written, or Java cannot be started
     */
    public PluginInfo trust(String nameOrPath) {
        return trust(nameOrPath, Set.of());
    }

    /**
     * Try a plugin like {@link #trust(String)}, and refuse it if one of its dialects is taken.
     *
     * @param builtIn the ids of the dialects that are part of the program
     */
    public PluginInfo trust(String nameOrPath, Set<String> builtIn) {
        var info = trust.grant(catalog.find(nameOrPath), builtIn);
        return info.state() == PluginInfo.State.RESOLVED ? settled(info) : told(info);
    }

    /**
     * Look at a plugin and try it, wherever it lies and whether it is trusted or not. Reads it first, and loads it only
     * in a Java process of its own; nothing is recorded, and no endpoint is asked for anything.
     *
     * @param jar the jar, or the folder of jars
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, or Java cannot be started
     */
    public PluginVerdict verify(Path jar) throws IOException {
        Path path = jar.toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        var file = PluginFile.of(path)
                .orElseGet(() -> new PluginFile(path.getFileName().toString(), path, List.of(path), Optional.empty()));
        return Verification.of(file, limits.trial());
    }

    /**
     * Check a jar and copy it into the user's plugins folder, in place of one of the same name. It is not trusted by
     * this, unless these very bytes are.
     *
     * @param jar the jar, or a folder of jars
     * @return the plugin; {@code REFUSED}, and not copied, if it cannot be used
     * @throws PluginsException if it cannot be read or copied
     */
    public PluginInfo install(Path jar) {
        return settled(doing("added", jar.getFileName() + "", () -> installation().place(jar, false)));
    }

    /** Return what {@link #install} would return, and copy nothing. */
    public PluginInfo check(Path jar) {
        return doing("read", jar.getFileName() + "", () -> installation().place(jar, true));
    }

    /**
     * Delete a plugin's file, or its folder, and forget that it was trusted.
     *
     * @return the plugin as it was
     * @throws UnknownPluginException if no plugin in the folders, or more than one, is called so
     * @throws PluginsException if it cannot be deleted
     */
    public PluginInfo uninstall(String nameOrPath) {
        var file = catalog.find(nameOrPath);
        var info = info(file, catalog.lock());
        doing("removed", file.name(), () -> {
            Installation.delete(file.path());
            return PluginsLock.change(paths, paths.pluginsLock(), lock -> {
                if (lock.problems().isEmpty() && !lock.plugins().isEmpty()) {
                    lock.without(file.path(), info.sha256()).write(paths.pluginsLock());
                }
                return true;
            });
        });
        settle();
        return info;
    }

    /** Switch a trusted plugin on, and record it. */
    public PluginInfo enable(String nameOrPath) {
        return switched(nameOrPath, true);
    }

    /**
     * Switch a trusted plugin off, and record it: none of its dialects and presets can be had then.
     *
     * @return the plugin: {@code DISABLED}; in its old state if it is not trusted, and so does not run anyway
     * @throws UnknownPluginException if no plugin in the folders, or more than one, is called so
     * @throws PluginsException if the lock cannot be written
     */
    public PluginInfo disable(String nameOrPath) {
        return switched(nameOrPath, false);
    }

    /**
     * Compare the folders with the plugins that are open: swap what changed and is trusted, withdraw what is gone. Returns
     * at once; what runs in withdrawn code ends as it would, and listeners are told when it has.
     *
     * @return what was done, and what waits to be done
     */
    public synchronized Reload reload() {
        var reload = new Reloading(catalog, generations, listeners::tell).run();
        stamp.incrementAndGet();
        return reload;
    }

    /**
     * Reload whenever something changes in the folders or in the record of trusted plugins.
     *
     * @return what ends it when it is closed
     * @throws PluginsException if the folders cannot be watched
     */
    public Registration watch() {
        return doing("watched", "folders", () -> {
            Files.createDirectories(paths.pluginsDir());
            Files.createDirectories(paths.pluginsLock().toAbsolutePath().getParent());
            var all = new ArrayList<>(folders());
            all.add(paths.pluginsLock().toAbsolutePath().getParent());
            return new PluginWatch(all, this::reload);
        });
    }

    @Override
    public List<DialectInfo> dialects() {
        var infos = new ArrayList<DialectInfo>();
        for (var here : usable()) {
            for (var dialect : here.plugin().dialects()) {
                infos.add(new DialectInfo(dialect.id(), dialect.summary(), here.origin(), here.plugin().version()));
            }
        }
        return infos;
    }

    @Override
    public Optional<DialectHandle> open(String id) {
        if (isOff()) {
            return Optional.empty();
        }
        var running = generations.dialect(id);
        if (running.isPresent()) {
            return running;
        }
        // Only a plugin that has the dialect by the lock is looked at, so that other dialects cost nothing.
        if (settings.policy() != PluginSettings.Policy.WARN
                && catalog.lock().plugins().stream().noneMatch(plugin -> plugin.dialectIds().contains(id))) {
            return Optional.empty();
        }
        return usable().stream().filter(here -> here.plugin().dialectIds().contains(id))
                .flatMap(here -> generations.open(here).loaded().handles().stream())
                .filter(handle -> handle.id().equals(id)).findFirst();
    }

    @Override
    public Optional<DialectProblem> explain(String id) {
        var lock = catalog.lock();
        var having = lock.plugins().stream().filter(plugin -> plugin.dialectIds().contains(id)).findFirst();
        if (having.isEmpty()) {
            return lock.problems().stream().findFirst().or(() -> waiting(id));
        }
        return Optional.of(unusable("the dialect '" + id + "'", having.get()));
    }

    @Override
    public Optional<DialectProblem> explainPreset(String id) {
        return catalog.lock().plugins().stream().filter(plugin -> plugin.presets().contains(id)).findFirst()
                .map(plugin -> unusable("the preset '" + id + "'", plugin));
    }

    private DialectProblem unusable(String what, TrustedPlugin plugin) {
        String whose = what + " is that of plugin " + plugin.name();
        if (isOff()) {
            return new DialectProblem(Kind.UNTRUSTED, plugin.name(), Optional.of(plugin.file()),
                    whose + ", and plugins are off", Optional.of("koine config set plugins.policy require"));
        }
        return list().stream().filter(info -> info.file().equals(plugin.file())
                || info.sha256().equals(Optional.of(plugin.sha256()))).findFirst()
                .map(info -> info.problems().stream().findFirst()
                        .map(problem -> new DialectProblem(problem.kind(), problem.subject(), problem.file(),
                                whose + ": " + problem.message(),
                                problem.fix().or(() -> Optional.of("koine plugins show " + info.name()))))
                        .orElseGet(() -> new DialectProblem(Kind.PROVIDER, info.name(), Optional.of(info.file()),
                                whose + ", which does not have it any more",
                                Optional.of("koine plugins trust " + info.name()))))
                .orElseGet(() -> new DialectProblem(Kind.MISSING, plugin.name(), Optional.of(plugin.file()),
                        whose + ", whose file is gone",
                        Optional.of("put it back: " + paths.show(plugin.file()))));
    }

    /** Nobody knows which dialects a plugin has that was never trusted; it may be what was meant. */
    private Optional<DialectProblem> waiting(String id) {
        return list().stream().filter(info -> info.state() == PluginInfo.State.FOUND).findFirst()
                .map(info -> new DialectProblem(Kind.UNTRUSTED, info.name(), Optional.of(info.file()),
                        "no trusted plugin has the dialect '" + id + "'; " + info.name() + " is not trusted yet",
                        Optional.of("koine plugins trust " + info.name())));
    }

    @Override
    public List<String> presetIds() {
        return switch (settings.policy()) {
            case OFF -> List.of();
            case WARN -> usable().stream().flatMap(here -> here.plugin().presets().stream()).distinct().toList();
            case REQUIRE -> catalog.lock().plugins().stream().filter(TrustedPlugin::enabled)
                    .flatMap(plugin -> plugin.presets().stream()).distinct().toList();
        };
    }

    @Override
    public List<PresetText> presetTexts() {
        var texts = new ArrayList<PresetText>();
        if (presetIds().isEmpty()) {
            return texts;
        }
        for (var here : usable()) {
            if (!here.plugin().presets().isEmpty()) {
                copy(here).ifPresent(copy -> texts.addAll(PluginContent.read(copy).presets()));
            }
        }
        return texts;
    }

    @Override
    public List<PresetText> detectionTexts() {
        return usable().stream().flatMap(here -> copy(here).stream())
                .flatMap(copy -> PluginContent.read(copy).jars().stream())
                .flatMap(jar -> jar.detection().stream()).toList();
    }

    @Override
    public long stamp() {
        return stamp.get();
    }

    @Override
    public List<DialectProblem> problems() {
        var problems = new ArrayList<>(catalog.lock().problems());
        problems.addAll(catalog.files().problems());
        list().forEach(plugin -> problems.addAll(plugin.problems()));
        probe.problems().filter(problem -> !problems.contains(problem)).forEach(problems::add);
        listeners.fault().ifPresent(problems::add);
        return problems;
    }

    Generations generations() {
        return generations;
    }

    private boolean isOff() {
        return settings.policy() == PluginSettings.Policy.OFF;
    }

    /** Return the plugins that may be opened. */
    private List<TrustedFile> usable() {
        return isOff() ? List.of() : catalog.trusted();
    }

    private PluginInfo info(PluginFile file, PluginsLock lock) {
        var info = catalog.info(file, lock, generations::of);
        return info.and(probe.problems(file.name()));
    }

    private Installation installation() {
        return new Installation(catalog, paths.pluginsDir());
    }

    private PluginInfo switched(String nameOrPath, boolean on) {
        var file = catalog.find(nameOrPath);
        boolean known = doing(on ? "enabled" : "disabled", file.name(),
                () -> PluginsLock.change(paths, paths.pluginsLock(), lock -> {
                    var trusted = PluginCatalog.digest(file).flatMap(lock::byDigest);
                    if (trusted.isPresent()) {
                        lock.with(trusted.get().enabled(on)).write(paths.pluginsLock());
                    }
                    return trusted.isPresent();
                }));
        var info = info(file, catalog.lock());
        return known ? settled(info) : info;
    }

    /** Bring what is open into line with what was changed. */
    private void settle() {
        stamp.incrementAndGet();
        if (!generations.all().isEmpty()) {
            reload();
        }
    }

    private PluginInfo settled(PluginInfo info) {
        settle();
        return told(info);
    }

    private PluginInfo told(PluginInfo info) {
        listeners.tell(new PluginEvent.StateChanged(info.name(), info.file(), info.state(), info.problems()));
        return info;
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> T doing(String done, String name, FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new PluginsException(name + " cannot be " + done + ": " + PluginFile.said(e), e);
        }
    }

    /** Return the copy of a plugin; empty where none can be made, which the listing tells of the file itself. */
    private Optional<PluginFile> copy(TrustedFile here) {
        try {
            return cache.copy(here.file(), here.sha256());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
