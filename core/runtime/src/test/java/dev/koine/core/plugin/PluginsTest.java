package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.Dialects;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @TempDir
    Path home;

    private FixtureJars jars;
    private KoinePaths paths;
    private Path folder;

    @BeforeEach
    void arrange() throws IOException {
        jars = new FixtureJars(home.resolve("build"));
        paths = KoinePaths.under(home.resolve("koine"));
        folder = Files.createDirectories(paths.pluginsDir());
    }

    private Plugins plugins() {
        return new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());
    }

    private Path good(String name) throws IOException {
        return jars.jar("acme.chat").dialect("acme.chat", "Acme", "acme", "").at(folder.resolve(name));
    }

    @Test
    void aDroppedJarIsListedAndNotLoadedUntilItIsTrusted() throws IOException {
        good("acme-chat.jar");

        var info = plugins().list().getFirst();

        assertThat(info.name()).isEqualTo("acme-chat");
        assertThat(info.state()).isEqualTo(PluginInfo.State.FOUND);
        assertThat(info.version()).contains("1.2.0");
        assertThat(info.dialects()).isEmpty();
        assertThat(info.problems().getFirst().fix()).contains("koine plugins trust acme-chat");
        assertThat(plugins().dialects()).isEmpty();
        assertThat(plugins().open("acme")).isEmpty();
    }

    @Test
    void aTrustedJarIsOpenedInALayerOfItsOwnAndAsked() throws IOException {
        good("acme-chat.jar");

        var trusted = plugins().trust("acme-chat");

        assertThat(trusted.problems()).isEmpty();
        assertThat(trusted.state()).isEqualTo(PluginInfo.State.TRUSTED);
        assertThat(trusted.form()).contains(PluginInfo.Form.MODULES);
        assertThat(trusted.dialects()).containsExactly("acme");
        var plugins = plugins();
        var handle = Dialects.of(List.of(plugins)).find("acme").orElseThrow();
        assertThat(handle.version()).contains("1.2.0");
        var dialect = (HttpDialect) handle.spi().create(ProviderConfig.builder("mine").build());
        var call = dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi"));
        assertThat(call.uri()).hasToString("https://acme.example/m");
        assertThat(plugins.list().getFirst().state()).isEqualTo(PluginInfo.State.ACTIVE);
    }

    @Test
    void theLockRecordsWhatListsAndLookUpsNeedAndNobodyElseReadsIt() throws IOException {
        good("acme-chat.jar");

        var info = plugins().trust("acme-chat.jar");

        assertThat(Files.readString(paths.pluginsLock())).contains("[[plugin]]", "name = \"acme-chat\"",
                "sha256 = \"" + info.sha256().orElseThrow() + "\"", "form = \"modules\"", "version = \"1.2.0\"",
                "spi-version = \"" + SpiVersion.here().orElseThrow() + "\"", "id = \"acme\"",
                "summary = \"Speaks acme\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.pluginsLock())))
                .isEqualTo("rw-------");
        assertThat(PluginsLock.read(paths.pluginsLock()).plugins().getFirst().dialectIds()).containsExactly("acme");
    }
}
