package dev.koine.core.plugin;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.Containment;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.PresetText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plugins: jars, and folders of jars, that lie in a plugins folder. They are listed by their digests and by what
 * was recorded when they were trusted; each is loaded, from a copy, when one of its dialects is first wanted.
 *
 * <p>A plugin runs with all the rights of the user: trusting one is trusting its author. Trust belongs to the bytes; a
 * jar that changes is refused until it is trusted again.
 *
 * <p>Safe for use by several threads. What changes in the folders is seen at the next call; a plugin that is open stays
 * as it is.
 */
public final class Plugins implements DialectSource {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration TRIAL_LIMIT = Duration.ofSeconds(10);

    private final KoinePaths paths;
    private final PluginSettings settings;
    private final List<Path> folders;
    private final PluginCache cache;
    private final PluginFaults faults;
    private final Untrusted untrusted;
    private final Duration trialLimit;
    private final Map<String, LoadedPlugin> open = new LinkedHashMap<>();

    /**
     * Create the plugins of these folders; nothing is read by this.
     *
     * @param paths where the lock, the cache and the user's plugins are
     * @param settings further folders, and which plugins may run
     * @param extraFolders folders that are searched first, such as that of the distribution
     */
    public Plugins(KoinePaths paths, PluginSettings settings, List<Path> extraFolders) {
        this(paths, settings, extraFolders, TRIAL_LIMIT);
    }

    Plugins(KoinePaths paths, PluginSettings settings, List<Path> extraFolders, Duration trialLimit) {
        this.paths = requireNonNull(paths, "paths is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.trialLimit = requireNonNull(trialLimit, "trialLimit is null");
        var all = new ArrayList<>(extraFolders);
        all.addAll(settings.path());
        all.add(paths.pluginsDir());
        folders = List.copyOf(all);
        cache = new PluginCache(paths.cache().resolve("plugins"));
        faults = new PluginFaults(paths.state().resolve("plugins"));
        untrusted = new Untrusted(settings.policy(), new Trust(paths,
                paths.state().resolve("plugins").resolve("untrusted.lock"), folders, cache, faults, trialLimit),
                faults);
    }

    /** Return the folders that are searched, in their order. */
    public List<Path> folders() {
        return folders;
    }

    /** Return the plugins, in the order of the folders, without loading any. */
    public List<PluginInfo> list() {
        var lock = PluginsLock.read(paths.pluginsLock());
        return PluginFile.list(folders).files().stream().map(file -> info(file, lock)).toList();
    }

    /**
     * Try a plugin in a Java process of its own and, if it stands the trial, record that it is trusted.
     *
     * @param nameOrPath the plugin's name, its file name, or its path
     * @return the plugin: {@code TRUSTED}, or {@code REFUSED} with the problems; then nothing was recorded
     * @throws UnknownPluginException if no plugin in the folders, or more than one, is called so
     * @throws TrustException if the lock or the cache cannot be written, or Java cannot be started
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
        return new Trust(paths, paths.pluginsLock(), folders, cache, faults, trialLimit).grant(find(nameOrPath),
                builtIn);
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
        return Verification.of(file, trialLimit);
    }

    @Override
    public List<DialectInfo> dialects() {
        if (settings.policy() == PluginSettings.Policy.OFF) {
            return List.of();
        }
        var infos = new ArrayList<DialectInfo>();
        for (var here : trustedHere()) {
            for (var dialect : here.plugin().dialects()) {
                infos.add(new DialectInfo(dialect.id(), dialect.summary(), here.origin(), here.plugin().version()));
            }
        }
        return infos;
    }

    @Override
    public Optional<DialectHandle> open(String id) {
        if (settings.policy() == PluginSettings.Policy.OFF) {
            return Optional.empty();
        }
        // Only a plugin that has the dialect by the lock is looked at, so that other dialects cost nothing.
        var lock = PluginsLock.read(paths.pluginsLock());
        if (settings.policy() != PluginSettings.Policy.WARN
                && lock.plugins().stream().noneMatch(plugin -> plugin.dialectIds().contains(id))) {
            return Optional.empty();
        }
        for (var here : trustedHere()) {
            if (here.plugin().dialectIds().contains(id)) {
                for (var handle : load(here).handles()) {
                    if (handle.id().equals(id)) {
                        return Optional.of(handle);
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<DialectProblem> explain(String id) {
        var lock = PluginsLock.read(paths.pluginsLock());
        var having = lock.plugins().stream().filter(plugin -> plugin.dialectIds().contains(id)).findFirst();
        if (having.isEmpty()) {
            return lock.problems().stream().findFirst();
        }
        var plugin = having.get();
        if (settings.policy() == PluginSettings.Policy.OFF) {
            return Optional.of(new DialectProblem(Kind.UNTRUSTED, plugin.name(), Optional.of(plugin.file()),
                    "the dialect '" + id + "' is that of plugin " + plugin.name() + ", and plugins are off",
                    Optional.of("koine config set plugins.policy require")));
        }
        return list().stream().filter(info -> info.file().equals(plugin.file())
                || info.sha256().equals(Optional.of(plugin.sha256())))
                .findFirst().map(info -> info.problems().stream().findFirst())
                .orElseGet(() -> Optional.of(new DialectProblem(Kind.MISSING, plugin.name(), Optional.of(plugin.file()),
                        "the dialect '" + id + "' is that of plugin " + plugin.name() + ", whose file is gone",
                        Optional.of("put it back: " + paths.show(plugin.file())))));
    }

    @Override
    public List<String> presetIds() {
        return switch (settings.policy()) {
            case OFF -> List.of();
            case WARN -> trustedHere().stream().flatMap(here -> here.plugin().presets().stream()).distinct().toList();
            case REQUIRE -> PluginsLock.read(paths.pluginsLock()).plugins().stream()
                    .flatMap(plugin -> plugin.presets().stream()).distinct().toList();
        };
    }

    @Override
    public List<PresetText> presetTexts() {
        var texts = new ArrayList<PresetText>();
        if (presetIds().isEmpty()) {
            return texts;
        }
        for (var here : trustedHere()) {
            if (!here.plugin().presets().isEmpty()) {
                copy(here).ifPresent(copy -> texts.addAll(PluginContent.read(copy).presets()));
            }
        }
        return texts;
    }

    @Override
    public List<PresetText> detectionTexts() {
        return settings.policy() == PluginSettings.Policy.OFF ? List.of()
                : trustedHere().stream().flatMap(here -> copy(here).stream())
                        .flatMap(copy -> PluginContent.read(copy).jars().stream())
                        .flatMap(jar -> jar.detection().stream()).toList();
    }

    @Override
    public List<DialectProblem> problems() {
        var problems = new ArrayList<>(PluginsLock.read(paths.pluginsLock()).problems());
        problems.addAll(PluginFile.list(folders).problems());
        list().forEach(plugin -> problems.addAll(plugin.problems()));
        return problems;
    }

    /**
     * A plugin that may run, and where it lies.
     *
     * @param notices what is said each time that it is used
     */
    private record Here(PluginFile file, TrustedPlugin plugin, List<String> notices) {
        DialectOrigin.Plugin origin() {
            return new DialectOrigin.Plugin(file.name(), file.path());
        }
    }

    /** Return the plugins that may run: those whose files are as they were when they were trusted, of equal files the first. */
    private List<Here> trustedHere() {
        var lock = PluginsLock.read(paths.pluginsLock());
        var found = new LinkedHashMap<String, Here>();
        if (lock.plugins().isEmpty() && settings.policy() != PluginSettings.Policy.WARN) {
            return List.of();
        }
        var files = PluginFile.list(folders).files();
        for (var file : files) {
            digest(file).flatMap(lock::byDigest).filter(plugin -> fits(file, plugin).isEmpty())
                    .ifPresent(plugin -> found.putIfAbsent(plugin.sha256(), new Here(file, plugin, List.of())));
        }
        untrusted.among(files, lock).forEach((file, plugin) -> found.putIfAbsent(plugin.sha256(),
                new Here(file, plugin, List.of(Untrusted.notice(file)))));
        return List.copyOf(found.values());
    }

    private synchronized LoadedPlugin load(Here here) {
        var loaded = open.get(here.plugin().sha256());
        if (loaded != null) {
            return loaded;
        }
        LoadedPlugin fresh;
        try {
            fresh = cache.copy(here.file(), here.plugin().sha256())
                    .map(copy -> LoadedPlugin.load(here.origin(), copy, here.plugin().form(), here.plugin().version(),
                            terms(here)))
                    .orElseGet(() -> failed(changed(here.file())));
        } catch (IOException e) {
            fresh = failed(unreadable(here.file(), e));
        }
        open.put(here.plugin().sha256(), fresh);
        return fresh;
    }

    private Containment.Terms terms(Here here) {
        return new Containment.Terms(CALL_LIMIT, SpiVersion.alignment(here.plugin().spiVersion()),
                here.notices(), faults.listener(here.file(), here.plugin().sha256()));
    }

    private synchronized Optional<LoadedPlugin> loaded(String sha256) {
        return Optional.ofNullable(open.get(sha256));
    }

    private PluginInfo info(PluginFile file, PluginsLock lock) {
        String sha256;
        try {
            sha256 = file.sha256();
        } catch (IOException e) {
            return refused(file, Optional.empty(), unreadable(file, e));
        }
        var trusted = lock.byDigest(sha256);
        if (trusted.isPresent()) {
            return info(file, trusted.get());
        }
        var content = PluginContent.read(file);
        var problems = new ArrayList<>(content.problems());
        if (problems.isEmpty()) {
            problems.addAll(faults.of(file, sha256));
        }
        var state = problems.isEmpty() ? PluginInfo.State.FOUND : PluginInfo.State.REFUSED;
        if (problems.isEmpty() && lock.byFile(file.path()).isPresent()) {
            problems.add(changed(file));
            state = PluginInfo.State.REFUSED;
        } else if (problems.isEmpty()) {
            problems.add(new DialectProblem(Kind.UNTRUSTED, file.name(), Optional.of(file.path()),
                    settings.policy() == PluginSettings.Policy.WARN
                            ? "nobody has trusted it; it runs all the same, since plugins.policy is warn"
                            : "nobody has trusted it yet",
                    Optional.of("koine plugins trust " + file.name())));
        }
        return new PluginInfo(file.name(), file.path(), state, Optional.of(sha256), content.form(), content.version(),
                content.spiVersion(), List.of(), List.of(), problems);
    }

    private PluginInfo info(PluginFile file, TrustedPlugin trusted) {
        var problems = new ArrayList<DialectProblem>();
        var state = PluginInfo.State.TRUSTED;
        var unfit = fits(file, trusted);
        var loaded = loaded(trusted.sha256());
        if (unfit.isPresent()) {
            problems.add(unfit.get());
            state = PluginInfo.State.REFUSED;
        } else if (loaded.isPresent()) {
            problems.addAll(loaded.get().problems());
            var retired = loaded.get().fence().flatMap(fence -> fence.retired());
            retired.ifPresent(reason -> problems.add(new DialectProblem(Kind.TIME_LIMIT, file.name(),
                    Optional.of(file.path()), reason, Optional.empty())));
            state = retired.isPresent() ? PluginInfo.State.RETIRED
                    : loaded.get().handles().isEmpty() ? PluginInfo.State.FAILED : PluginInfo.State.ACTIVE;
        }
        faults.of(file, trusted.sha256()).stream().filter(fault -> problems.stream()
                .noneMatch(known -> fault.message().endsWith(known.message()))).forEach(problems::add);
        return new PluginInfo(file.name(), file.path(), state, Optional.of(trusted.sha256()),
                Optional.of(trusted.form()), trusted.version(), trusted.spiVersion(), trusted.dialectIds(),
                trusted.presets(), problems);
    }

    /** Return why a trusted plugin does not fit this Koine, which may be another version than when it was trusted. */
    private static Optional<DialectProblem> fits(PluginFile file, TrustedPlugin plugin) {
        return plugin.form() == PluginInfo.Form.DATA ? Optional.empty()
                : PluginContent.versionProblem(file.name(), file.path(), plugin.spiVersion());
    }

    private PluginFile find(String nameOrPath) {
        var all = PluginFile.list(folders).files();
        var named = all.stream().filter(file -> file.name().equals(nameOrPath)
                || file.path().getFileName().toString().equals(nameOrPath) || isAt(file, nameOrPath)).toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        var candidates = (named.isEmpty() ? all : named).stream().map(PluginFile::path).toList();
        if (named.isEmpty()) {
            throw new UnknownPluginException("there is no plugin '" + nameOrPath + "' in "
                    + String.join(", ", folders.stream().map(paths::show).distinct().toList()), candidates);
        }
        throw new UnknownPluginException("'" + nameOrPath + "' is the name of " + named.size()
                + " plugins; give the path of the one you mean", candidates);
    }

    private static boolean isAt(PluginFile file, String path) {
        try {
            return file.path().equals(Path.of(path).toAbsolutePath().normalize());
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    /** Return the copy of a plugin; empty where none can be made, which the listing tells of the file itself. */
    private Optional<PluginFile> copy(Here here) {
        try {
            return cache.copy(here.file(), here.plugin().sha256());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> digest(PluginFile file) {
        try {
            return Optional.of(file.sha256());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static LoadedPlugin failed(DialectProblem problem) {
        return new LoadedPlugin(List.of(), List.of(problem), Optional.empty());
    }

    static PluginInfo refused(PluginFile file, Optional<String> sha256, DialectProblem... problems) {
        return new PluginInfo(file.name(), file.path(), PluginInfo.State.REFUSED, sha256, Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(problems));
    }

    private static DialectProblem changed(PluginFile file) {
        return new DialectProblem(Kind.CHANGED, file.name(), Optional.of(file.path()),
                "it is not the file that was trusted: its SHA-256 differs",
                Optional.of("if you changed it yourself: koine plugins trust " + file.name()));
    }

    static DialectProblem unreadable(PluginFile file, IOException e) {
        return e instanceof UnfitFileException unfit ? unfit.problem()
                : new DialectProblem(Kind.UNREADABLE, file.name(), Optional.of(file.path()),
                        "it cannot be read: " + PluginFile.said(e), Optional.empty());
    }
}
