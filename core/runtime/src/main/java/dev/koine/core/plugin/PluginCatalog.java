package dev.koine.core.plugin;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings.Policy;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.plugin.Generations.Generation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What lies in the plugins folders, and what the lock says of it. Nothing is loaded by this. */
record PluginCatalog(KoinePaths paths, List<Path> folders, PluginFaults faults, Untrusted untrusted) {

    PluginCatalog {
        folders = List.copyOf(folders);
    }

    PluginsLock lock() {
        return PluginsLock.read(paths.pluginsLock());
    }

    PluginFile.Listing files() {
        return PluginFile.list(folders);
    }

    /** Return the plugins that may be opened: whose files are as they were when they were trusted, of equal files the first. */
    List<TrustedFile> trusted() {
        var lock = lock();
        var found = new LinkedHashMap<String, TrustedFile>();
        if (lock.plugins().isEmpty() && untrusted.policy() != Policy.WARN) {
            return List.of();
        }
        var files = files().files();
        for (var file : files) {
            digest(file).flatMap(lock::byDigest).filter(plugin -> usable(file, plugin)).ifPresent(
                    plugin -> found.putIfAbsent(plugin.sha256(), new TrustedFile(file, plugin, List.of())));
        }
        untrusted.among(files, lock).forEach((file, plugin) -> found.putIfAbsent(plugin.sha256(),
                new TrustedFile(file, plugin, List.of(Untrusted.notice(file)))));
        return List.copyOf(found.values());
    }

    static boolean usable(PluginFile file, TrustedPlugin plugin) {
        return plugin.enabled() && fits(file, plugin).isEmpty();
    }

    /**
     * Return the plugin that is called so.
     *
     * @throws UnknownPluginException if none is, or more than one
     */
    PluginFile find(String nameOrPath) {
        var all = files().files();
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

    /** Describe a plugin, with the state of its code where that is open. */
    PluginInfo info(PluginFile file, PluginsLock lock, Function<String, Optional<Generation>> open) {
        String sha256;
        try {
            sha256 = file.sha256();
        } catch (IOException e) {
            return refused(file, Optional.empty(), unreadable(file, e));
        }
        var trusted = lock.byDigest(sha256);
        if (trusted.isPresent()) {
            return info(file, trusted.get(), open.apply(sha256));
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
                    untrusted.policy() == Policy.WARN
                            ? "nobody has trusted it; it runs all the same, since plugins.policy is warn"
                            : "nobody has trusted it yet",
                    Optional.of("koine plugins trust " + file.name())));
        }
        return new PluginInfo(file.name(), file.path(), state, Optional.of(sha256), content.form(), content.version(),
                content.spiVersion(), List.of(), List.of(), Optional.empty(), problems);
    }

    private PluginInfo info(PluginFile file, TrustedPlugin trusted, Optional<Generation> open) {
        var problems = new ArrayList<DialectProblem>();
        var state = PluginInfo.State.RESOLVED;
        var unfit = fits(file, trusted);
        if (unfit.isPresent()) {
            problems.add(unfit.get());
            state = PluginInfo.State.REFUSED;
        } else if (!trusted.enabled()) {
            problems.add(disabled(file));
            state = PluginInfo.State.DISABLED;
        } else if (open.isPresent()) {
            problems.addAll(open.get().problems());
            state = open.get().state();
        }
        faults.of(file, trusted.sha256()).stream().filter(fault -> problems.stream()
                .noneMatch(known -> fault.message().endsWith(known.message()))).forEach(problems::add);
        return new PluginInfo(file.name(), file.path(), state, Optional.of(trusted.sha256()),
                Optional.of(trusted.form()), trusted.version(), trusted.spiVersion(), trusted.dialectIds(),
                trusted.presets(), Optional.of(trusted.trustedAt()), problems);
    }

    /** Return why a trusted plugin does not fit this Koine, which may be another version than when it was trusted. */
    static Optional<DialectProblem> fits(PluginFile file, TrustedPlugin plugin) {
        return plugin.form() == PluginInfo.Form.DATA ? Optional.empty()
                : PluginContent.versionProblem(file.name(), file.path(), plugin.spiVersion());
    }

    static Optional<String> digest(PluginFile file) {
        try {
            return Optional.of(file.sha256());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isAt(PluginFile file, String path) {
        try {
            return file.path().equals(Path.of(path).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static PluginInfo refused(PluginFile file, Optional<String> sha256, DialectProblem... problems) {
        return new PluginInfo(file.name(), file.path(), PluginInfo.State.REFUSED, sha256, Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(), List.of(problems));
    }

    static DialectProblem changed(PluginFile file) {
        return new DialectProblem(Kind.CHANGED, file.name(), Optional.of(file.path()),
                "it is not the file that was trusted: its SHA-256 differs",
                Optional.of("if you changed it yourself: koine plugins trust " + file.name()));
    }

    static DialectProblem disabled(PluginFile file) {
        return new DialectProblem(Kind.DISABLED, file.name(), Optional.of(file.path()), "it is switched off",
                Optional.of("koine plugins enable " + file.name()));
    }

    static DialectProblem unreadable(PluginFile file, IOException e) {
        return e instanceof UnfitFileException unfit ? unfit.problem()
                : new DialectProblem(Kind.UNREADABLE, file.name(), Optional.of(file.path()),
                        "it cannot be read: " + PluginFile.said(e), Optional.empty());
    }
}
