package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plugins folder of a test's own, and a plugin in it that is called {@code bad}. */
abstract class DroppedPlugins {
    @TempDir Path home;

    FixtureJars jars;
    Path folder;
    Plugins plugins;

    @BeforeEach
    void arrange() throws IOException {
        jars = new FixtureJars(home.resolve("build"));
        var paths = KoinePaths.under(home.resolve("koine"));
        folder = Files.createDirectories(paths.pluginsDir());
        plugins = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());
    }

    Path bad() {
        return folder.resolve("bad.jar");
    }

    FixtureJars.Jar dialect(String extra) {
        return jars.jar("bad.chat").dialect("bad.chat", "Bad", "bad", extra);
    }

    /** Trust the bad plugin, which must be refused, and return the only thing that is wrong with it. */
    DialectProblem refusal() {
        return refusal(plugins);
    }

    static DialectProblem refusal(Plugins plugins) {
        var info = plugins.trust("bad");
        assertThat(info.state()).isEqualTo(PluginInfo.State.REFUSED);
        assertThat(info.problems()).hasSize(1);
        assertThat(info.problems().getFirst().subject()).isEqualTo("bad");
        assertThat(plugins.open("bad")).isEmpty();
        return info.problems().getFirst();
    }

    static void is(DialectProblem problem, Kind kind, String message) {
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.kind()).isEqualTo(kind);
    }
}
