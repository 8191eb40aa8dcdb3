package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.plugin.PluginInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a plugin, from the day it comes to the day it goes. */
@Timeout(120)
class LifecycleTest {
    @TempDir Path home;

    private LiveJars jars;
    private KoinePaths paths;
    private Path folder;
    private Path outside;

    @BeforeEach
    void arrange() throws IOException {
        jars = new LiveJars(home.resolve("build"));
        paths = KoinePaths.under(home.resolve("koine"));
        folder = Files.createDirectories(paths.pluginsDir());
        outside = Files.createDirectories(home.resolve("downloads"));
    }

    private Plugins plugins() {
        return new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());
    }

    private static List<Reload.What> changes(Reload reload) {
        return reload.changes().stream().map(Reload.Change::what).toList();
    }

    // ── states ──

    @Test
    void aPluginGoesThroughItsStatesAndListenersAreTold() throws IOException {
        var plugins = plugins();
        var states = new ArrayList<State>();
        var told = Collections.synchronizedList(new ArrayList<PluginEvent>());
        var listening = plugins.listen(told::add);

        states.add(plugins.install(jars.http("1", outside.resolve("live.jar"))).state());
        states.add(plugins.trust("live").state());
        assertThat(plugins.open("live")).isPresent();
        states.add(plugins.find("live").state());
        states.add(plugins.disable("live").state());
        states.add(plugins.enable("live").state());
        assertThat(plugins.uninstall("live").state()).isEqualTo(State.RESOLVED);

        assertThat(states).containsExactly(State.FOUND, State.RESOLVED, State.ACTIVE, State.DISABLED, State.RESOLVED);
        assertThat(told.stream().filter(PluginEvent.StateChanged.class::isInstance)
                .map(event -> ((PluginEvent.StateChanged) event).state())).containsExactlyElementsOf(states);
        assertThat(told.stream().map(event -> event.getClass().getSimpleName())).contains("Withdrawn", "Closed");
        assertThat(plugins.list()).isEmpty();
        int count = told.size();
        listening.close();
        listening.close();
        plugins.install(jars.http("1", outside.resolve("live.jar")));
        assertThat(told.stream().filter(event -> !(event instanceof PluginEvent.Unloaded)).limit(count))
                .hasSizeLessThanOrEqualTo(count);
    }

    @Test
    void aPluginThatBreaksItsContractIsRetiredAndAReloadOpensItAnew() throws IOException {
        var plugins = plugins();
        jars.http("1", folder.resolve("live.jar"));
        plugins.trust("live");
        var told = Collections.synchronizedList(new ArrayList<State>());
        plugins.listen(event -> {
            if (event instanceof PluginEvent.StateChanged changed) {
                told.add(changed.state());
            }
        });
        var handle = plugins.open("live").orElseThrow();

        plugins.generations().all().getFirst().loaded().fence().orElseThrow().retire("plugin live hung");

        assertThat(plugins.find("live").state()).isEqualTo(State.RETIRED);
        assertThat(told).containsExactly(State.ACTIVE, State.RETIRED);
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.RENEWED);
        assertThat(plugins.open("live").orElseThrow()).isNotSameAs(handle);
        assertThat(plugins.find("live").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void aListenerThatThrowsHurtsNoOther() throws IOException {
        var plugins = plugins();
        var told = new ArrayList<PluginEvent>();
        plugins.listen(event -> {
            throw new IllegalStateException("no ear for that");
        });
        plugins.listen(told::add);

        plugins.install(jars.http("1", outside.resolve("live.jar")));

        assertThat(told).hasSize(1);
        assertThat(plugins.problems().getLast().message())
                .isEqualTo("a listener failed when it was told of plugin live:"
                        + " java.lang.IllegalStateException: no ear for that");
    }

    // ── install ──

    @Test
    void aJarIsCopiedAsAWholeAndLeavesNothingElseBehind() throws IOException {
        Path jar = jars.http("1", outside.resolve("live.jar"));

        var info = plugins().install(jar);

        assertThat(info.file()).isEqualTo(folder.resolve("live.jar"));
        assertThat(Files.mismatch(info.file(), jar)).isEqualTo(-1);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("live.jar"));
        }
    }

    @Test
    void anUpdateWaitsToBeTrustedAndTheSameBytesDoNot() throws IOException {
        var plugins = plugins();
        Path first = jars.http("1", outside.resolve("live.jar"));
        plugins.install(first);
        plugins.trust("live");

        assertThat(plugins.install(first).state()).isEqualTo(State.RESOLVED);
        var update = plugins.install(jars.http("2", outside.resolve("live.jar")));

        assertThat(update.state()).isEqualTo(State.REFUSED);
        assertThat(update.problems().getFirst().kind()).isEqualTo(Kind.CHANGED);
        assertThat(plugins.trust("live").state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void whatTheChecksRefuseIsNotCopied() throws IOException {
        Path bad = Files.writeString(outside.resolve("bad.jar"), "no zip");
        Path text = Files.writeString(outside.resolve("notes.txt"), "no jar");

        var info = plugins().install(bad);

        assertThat(info.state()).isEqualTo(State.REFUSED);
        assertThat(info.file()).isEqualTo(bad);
        assertThat(info.problems().getFirst().kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(plugins().install(text).problems().getFirst().message())
                .isEqualTo("notes.txt is no plugin: a jar, or a folder that holds one");
        assertThatThrownBy(() -> plugins().install(outside.resolve("none.jar"))).isInstanceOf(PluginsException.class)
                .hasMessage("none.jar cannot be added: there is no " + outside.resolve("none.jar"));
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFolderOfJarsIsReplacedAsAWhole() throws IOException {
        Path plugin = Files.createDirectories(outside.resolve("live"));
        jars.http("1", plugin.resolve("old.jar"));
        var plugins = plugins();
        plugins.install(plugin);
        Files.delete(plugin.resolve("old.jar"));
        jars.http("2", plugin.resolve("new.jar"));

        plugins.install(plugin);

        try (var files = Files.list(folder.resolve("live"))) {
            assertThat(files).containsExactly(folder.resolve("live").resolve("new.jar"));
        }
        assertThat(plugins.list()).hasSize(1);
        plugins.uninstall("live");
        assertThat(folder.resolve("live")).doesNotExist();
    }

    @Test
    void aCheckCopiesNothing() throws IOException {
        var info = plugins().check(jars.http("1", outside.resolve("live.jar")));

        assertThat(info.state()).isEqualTo(State.FOUND);
        assertThat(info.file()).isEqualTo(folder.resolve("live.jar"));
        assertThat(plugins().list()).isEmpty();
    }

    // ── off and on ──

    @Test
    void whatIsSwitchedOffStaysOffInTheNextProcess() throws IOException {
        jars.http("1", folder.resolve("live.jar"));
        plugins().trust("live");

        plugins().disable("live");

        assertThat(plugins().find("live").state()).isEqualTo(State.DISABLED);
        assertThat(plugins().dialects()).isEmpty();
        assertThat(plugins().open("live")).isEmpty();
        assertThat(Files.readString(paths.pluginsLock())).contains("enabled = false");
        var missing = Dialects.of(List.of(plugins())).missing("live");
        assertThat(missing.message()).isEqualTo("the dialect 'live' is that of plugin live: it is switched off");
        assertThat(missing.fix()).contains("koine plugins enable live");
        assertThat(plugins().enable("live").state()).isEqualTo(State.RESOLVED);
        assertThat(Files.readString(paths.pluginsLock())).doesNotContain("enabled");
        assertThat(plugins().open("live")).isPresent();
    }

    @Test
    void whatIsNotTrustedCannotBeSwitched() throws IOException {
        jars.http("1", folder.resolve("live.jar"));

        assertThat(plugins().disable("live").state()).isEqualTo(State.FOUND);
        assertThat(paths.pluginsLock()).doesNotExist();
    }

    // ── reload and uninstall ──

    @Test
    void aReloadSaysWhatBecameOfEach() throws IOException {
        var plugins = plugins();
        Path jar = jars.http("1", folder.resolve("live.jar"));
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.WAITING);
        plugins.trust("live");
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.READY);
        plugins.open("live");
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.KEPT);
        jars.http("2", jar);
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.WAITING);
        assertThat(plugins.open("live").orElseThrow().version()).contains("1");
        // Another process trusts it.
        plugins().trust("live");
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.REPLACED);
        assertThat(plugins.open("live").orElseThrow().version()).contains("2");
        plugins().disable("live");
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.WITHDRAWN);
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.DISABLED);
        plugins().enable("live");
        plugins.open("live");
        Files.writeString(jar, "garbage");
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.REFUSED);
        assertThat(plugins.open("live")).isPresent();
        Files.delete(jar);
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.WITHDRAWN);
        assertThat(plugins.open("live")).isEmpty();
        assertThat(changes(plugins.reload())).containsExactly(Reload.What.GONE);
    }

    @Test
    void whatIsNotTrustedAnyMoreIsWithdrawn() throws IOException {
        var plugins = plugins();
        jars.http("1", folder.resolve("live.jar"));
        plugins.trust("live");
        plugins.open("live");
        Files.delete(paths.pluginsLock());

        var change = plugins.reload().changes().getFirst();

        assertThat(change.what()).isEqualTo(Reload.What.WITHDRAWN);
        assertThat(plugins.open("live")).isEmpty();
    }

    @Test
    void whatIsUninstalledIsForgotten() throws IOException {
        jars.http("1", folder.resolve("live.jar"));
        plugins().trust("live");

        plugins().uninstall("live");

        assertThat(folder.resolve("live.jar")).doesNotExist();
        assertThat(PluginsLock.read(paths.pluginsLock()).plugins()).isEmpty();
        assertThatThrownBy(() -> plugins().uninstall("live")).isInstanceOf(UnknownPluginException.class);
    }

    @Test
    void presetsGoWithTheirPlugin() throws IOException {
        new FixtureJars(home.resolve("more")).jar("").resource("META-INF/koine/presets.toml", """
                schema-version = 1
                [presets.shed]
                name = "Shed"
                source = "https://shed.example"
                as-of = "2026-11-01"
                base-url = "https://shed.example"
                dialect = "acme"
                """).at(folder.resolve("shed.jar"));
        var plugins = plugins();
        plugins.trust("shed");
        var dialects = Dialects.of(List.of(plugins));
        var presets = new dev.koine.core.dialect.Presets(dialects, paths.presetsDir());
        assertThat(presets.find("shed")).isPresent();

        plugins.disable("shed");

        assertThat(presets.find("shed")).isEmpty();
        assertThat(presets.all()).isEmpty();
        assertThat(dialects.missingPreset("shed").orElseThrow().message())
                .isEqualTo("the preset 'shed' is that of plugin shed: it is switched off");
        plugins.enable("shed");
        assertThat(presets.find("shed")).isPresent();
    }

    @Test
    void aWatchedFolderIsReloadedByItself() throws Exception {
        var plugins = plugins();
        jars.http("1", folder.resolve("live.jar"));
        plugins.trust("live");
        plugins.open("live");
        var withdrawn = new LinkedBlockingQueue<PluginEvent>();
        plugins.listen(event -> {
            if (event instanceof PluginEvent.Withdrawn) {
                withdrawn.add(event);
            }
        });

        try (var _ = plugins.watch()) {
            Files.delete(folder.resolve("live.jar"));
            assertThat(withdrawn.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(plugins.open("live")).isEmpty();
    }
}
