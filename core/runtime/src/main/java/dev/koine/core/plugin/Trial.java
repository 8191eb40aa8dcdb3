package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Loads a plugin once, in a Java process of its own: one that exits, hangs or takes all memory takes that process with
 * it and nothing else. The process gets no variable of the environment that could hold a key.
 *
 * @param dialects the dialects that the plugin has
 * @param problems what is wrong with it
 * @param rehearsal how its dialects broke their contract when they were rehearsed
 * @param skipped what could not be rehearsed, and why
 */
record Trial(List<TrustedPlugin.Dialect> dialects, List<DialectProblem> problems, List<DialectProblem> rehearsal,
        List<String> skipped) {
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP",
            "SYSTEMROOT", "WINDIR");

    // Java's own start, on a machine that is busy; the probe keeps the plugin's limit itself.
    private static final Duration START = Duration.ofSeconds(20);

    Trial {
        dialects = List.copyOf(dialects);
        problems = List.copyOf(problems);
        rehearsal = List.copyOf(rehearsal);
        skipped = List.copyOf(skipped);
    }

    Trial(List<TrustedPlugin.Dialect> dialects, List<DialectProblem> problems) {
        this(dialects, problems, List.of(), List.of());
    }

    /**
     * Try a plugin.
     *
     * @param file the plugin as it lies in its folder, for problems
     * @param copy the jars to load
     * @param limit how long one call into it may take
     */
    static Trial of(PluginFile file, PluginFile copy, PluginInfo.Form form, Duration limit)
            throws IOException, InterruptedException {
        return of(file, copy, form, limit, false);
    }

    /** Try a plugin like {@link #of}, and rehearse its dialects. */
    static Trial rehearsed(PluginFile file, PluginFile copy, PluginInfo.Form form, Duration limit)
            throws IOException, InterruptedException {
        return of(file, copy, form, limit, true);
    }

    private static Trial of(PluginFile file, PluginFile copy, PluginInfo.Form form, Duration limit, boolean rehearse)
            throws IOException, InterruptedException {
        Path room = Files.createTempDirectory("koine-trust-");
        try {
            Path answer = room.resolve("answer");
            Path words = room.resolve("words");
            var command = new ArrayList<>(java());
            command.addAll(List.of(answer.toString(), copy.path().toString(), form.name(),
                    Long.toString(limit.toMillis()), Boolean.toString(rehearse)));
            var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(words.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Files.createFile(room.resolve("input")).toFile()));
            builder.environment().keySet()
                    .removeIf(name -> !ENVIRONMENT.contains(name.toUpperCase(java.util.Locale.ROOT)));
            var process = builder.start();
            boolean ended = false;
            try {
                ended = process.waitFor(limit.plus(START).toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return judge(file, ended, process.exitValue(), ProblemList.load(answer), words, limit);
        } finally {
            try (var files = Files.list(room)) {
                for (Path path : files.toList()) {
                    Files.deleteIfExists(path);
                }
            }
            Files.deleteIfExists(room);
        }
    }

    private static Trial judge(PluginFile file, boolean ended, int code, Properties answer, Path words, Duration limit)
            throws IOException {
        if (!ended) {
            return refused(file, Kind.TIME_LIMIT, "it did not start within " + limit.plus(START).toSeconds() + " s",
                    "ask the plugin's author to do nothing when it is loaded");
        }
        if (!answer.containsKey(TrustProbe.STARTED)) {
            throw new IOException("Java could not be started to try the plugin: " + lastLine(words));
        }
        if (!answer.containsKey(TrustProbe.DONE)) {
            return refused(file, Kind.EXIT, "it ended the Java process that tried it, with exit code " + code,
                    "do not use this plugin: it would end Koine in the same way");
        }
        var dialects = new ArrayList<TrustedPlugin.Dialect>();
        for (int i = 0; answer.containsKey("dialect." + i + ".id"); i++) {
            dialects.add(new TrustedPlugin.Dialect(answer.getProperty("dialect." + i + ".id"),
                    answer.getProperty("dialect." + i + ".summary", "")));
        }
        var skipped = new ArrayList<String>();
        for (int i = 0; answer.containsKey(TrustProbe.SKIPPED + i); i++) {
            skipped.add(answer.getProperty(TrustProbe.SKIPPED + i));
        }
        return new Trial(dialects, ProblemList.read(answer, file), ProblemList.read(TrustProbe.REHEARSAL, answer, file),
                skipped);
    }

    private static Trial refused(PluginFile file, Kind kind, String message, String fix) {
        return new Trial(List.of(), List.of(new DialectProblem(kind, file.name(), Optional.of(file.path()), message,
                Optional.of(fix))));
    }

    /** Return the command that starts the probe on the same modules, or the same class path, as this process. */
    private static List<String> java() {
        Path home = Path.of(System.getProperty("java.home"), "bin");
        Path java = Files.exists(home.resolve("java.exe")) ? home.resolve("java.exe") : home.resolve("java");
        var command = new ArrayList<String>(List.of(java.toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx256m", "-Djava.awt.headless=true"));
        var module = TrustProbe.class.getModule();
        if (!module.isNamed()) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrustProbe.class.getName()));
            return command;
        }
        var modules = modules(LoadedPlugin.host());
        var path = new LinkedHashSet<String>();
        modules.values()
                .forEach(resolved -> resolved.reference().location().filter(uri -> "file".equals(uri.getScheme()))
                        .ifPresent(uri -> path.add(Path.of(uri).toString())));
        command.addAll(List.of("--module-path", String.join(File.pathSeparator, path),
                "--add-modules", String.join(",", modules.keySet()),
                "--module", module.getName() + "/" + TrustProbe.class.getName()));
        return command;
    }

    private static Map<String, ResolvedModule> modules(ModuleLayer layer) {
        var modules = new java.util.TreeMap<String, ResolvedModule>();
        layer.parents().forEach(parent -> modules.putAll(modules(parent)));
        layer.configuration().modules().forEach(module -> modules.put(module.name(), module));
        return modules;
    }

    private static String lastLine(Path words) throws IOException {
        String text = Files.size(words) > 1 << 20 ? ""
                : new String(Files.readAllBytes(words), Charset.defaultCharset());
        return text.lines().reduce((first, second) -> second).orElse("it said nothing");
    }
}
