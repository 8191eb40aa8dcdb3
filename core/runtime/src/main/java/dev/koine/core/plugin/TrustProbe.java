package dev.koine.core.plugin;

import dev.koine.core.dialect.Containment;
import dev.koine.core.dialect.DialectOrigin;
import dev.koine.core.dialect.DialectProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Properties;

/**
 * The main class of the Java process in which a plugin is tried before it is trusted. Loads it as Koine would,
 * constructs its dialects, writes down what they are, and ends the process, whatever threads the plugin may have
 * started.
 */
public final class TrustProbe {
    static final String STARTED = "started";
    static final String DONE = "done";
    static final String REHEARSAL = "rehearsal.";
    static final String SKIPPED = "skipped.";

    private TrustProbe() {}

    /**
     * Try a plugin.
     *
     * @param args the file to write to, the plugin's jar or folder, its form, the limit of one call in milliseconds,
     *     whether its dialects are rehearsed
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path answer = Path.of(args[0]);
        var found = new Properties();
        found.setProperty(STARTED, "true");
        ProblemList.store(found, answer);
        // What a plugin prints is nobody's to read.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        Path path = Path.of(args[1]);
        var copy = PluginFile.of(path).orElseThrow();
        var origin = new DialectOrigin.Plugin(copy.name(), path);
        var plugin = LoadedPlugin.load(origin, copy,
                PluginInfo.Form.valueOf(args[2]), Optional.empty(),
                Containment.Terms.of(Duration.ofMillis(Long.parseLong(args[3]))));
        int i = 0;
        for (var handle : plugin.handles()) {
            found.setProperty("dialect." + i + ".id", handle.id());
            found.setProperty("dialect." + i++ + ".summary", handle.descriptor().summary());
        }
        ProblemList.write(plugin.problems(), found);
        if (Boolean.parseBoolean(args[4])) {
            var broken = new ArrayList<DialectProblem>();
            int j = 0;
            for (var handle : plugin.handles()) {
                var rehearsal = Rehearsal.of(handle, origin);
                broken.addAll(rehearsal.problems());
                for (String reason : rehearsal.skipped()) {
                    found.setProperty(SKIPPED + j++, reason);
                }
            }
            ProblemList.write(REHEARSAL, broken, found);
        }
        found.setProperty(DONE, "true");
        ProblemList.store(found, answer);
        // No exit: a plugin's shutdown hooks would run, and could hang.
        Runtime.getRuntime().halt(0);
    }
}
