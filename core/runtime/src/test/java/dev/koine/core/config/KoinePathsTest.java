package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KoinePathsTest {
    private static final Path HOME = Path.of("/home/ann");

    @TempDir Path dir;

    private static KoinePaths linux(Map<String, String> env) {
        return KoinePaths.of(env, "Linux", HOME);
    }

    @Test
    void onLinuxTheXdgDirectoriesAreUsed() {
        var paths = linux(Map.of());

        assertThat(paths.configFile()).isEqualTo(Path.of("/home/ann/.config/koine/config.toml"));
        assertThat(paths.credentialsFile()).isEqualTo(Path.of("/home/ann/.config/koine/credentials.toml"));
        assertThat(paths.pluginsLock()).isEqualTo(Path.of("/home/ann/.config/koine/plugins.lock"));
        assertThat(paths.presetsDir()).isEqualTo(Path.of("/home/ann/.config/koine/presets.d"));
        assertThat(paths.pluginsDir()).isEqualTo(Path.of("/home/ann/.local/share/koine/plugins"));
        assertThat(paths.state()).isEqualTo(Path.of("/home/ann/.local/state/koine"));
        assertThat(paths.cache()).isEqualTo(Path.of("/home/ann/.cache/koine"));
        assertThat(paths.system()).containsExactly(Path.of("/etc/koine/config.toml"),
                Path.of("/etc/xdg/koine/config.toml"));
    }

    @Test
    void xdgVariablesWinUnlessTheyAreRelativeOrEmpty() {
        assertThat(linux(Map.of("XDG_CONFIG_HOME", "/x", "XDG_DATA_HOME", "relative", "XDG_STATE_HOME", "")))
                .extracting(KoinePaths::config, KoinePaths::data, KoinePaths::state)
                .containsExactly(Path.of("/x/koine"),
                        Path.of("/home/ann/.local/share/koine"), Path.of("/home/ann/.local/state/koine"));
        assertThat(linux(Map.of("XDG_CONFIG_DIRS", "/strong:/weak:relative")).system()).containsExactly(
                Path.of("/etc/koine/config.toml"), Path.of("/weak/koine/config.toml"),
                Path.of("/strong/koine/config.toml"));
    }

    @Test
    void koineHomePutsEverythingUnderOneDirectory() {
        var paths = linux(Map.of("KOINE_HOME", "/k", "XDG_CONFIG_HOME", "/x"));

        assertThat(
                List.of(paths.configFile(), paths.credentialsFile(), paths.pluginsDir(), paths.state(), paths.cache()))
                .allSatisfy(path -> assertThat(path).startsWithRaw(Path.of("/k")));
        assertThat(paths.system()).isEmpty();
        assertThat(paths.home()).isEqualTo(HOME);
    }

    @Test
    void koineConfigNamesTheFileAlone() {
        var paths = linux(Map.of("KOINE_CONFIG", "~/other.toml"));

        assertThat(paths.configFile()).isEqualTo(Path.of("/home/ann/other.toml"));
        assertThat(paths.credentialsFile()).isEqualTo(Path.of("/home/ann/.config/koine/credentials.toml"));
    }

    @Test
    void onMacTheLibraryIsUsedUnlessThereIsAnXdgDirectory() throws Exception {
        assertThat(KoinePaths.of(Map.of(), "Mac OS X", dir).config())
                .isEqualTo(dir.resolve("Library/Application Support/koine"));
        assertThat(KoinePaths.of(Map.of(), "Mac OS X", dir).cache()).isEqualTo(dir.resolve("Library/Caches/koine"));
        Files.createDirectories(dir.resolve(".config/koine"));
        assertThat(KoinePaths.of(Map.of(), "Mac OS X", dir).config()).isEqualTo(dir.resolve(".config/koine"));
        assertThat(KoinePaths.of(Map.of("XDG_CONFIG_HOME", "/x"), "Mac OS X", dir).config())
                .isEqualTo(Path.of("/x/koine"));
    }

    @Test
    void onWindowsTheUsualVariablesAreUsed() {
        var paths = KoinePaths.of(Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local", "PROGRAMDATA", "/program"),
                "Windows 11", HOME);

        assertThat(paths.config()).isEqualTo(Path.of("/roaming/koine"));
        assertThat(paths.data()).isEqualTo(Path.of("/local/koine/data"));
        assertThat(paths.system()).containsExactly(Path.of("/program/koine/config.toml"));
    }

    @Test
    void theHomeDirectoryIsShownAsATilde() {
        var paths = linux(Map.of());

        assertThat(paths.show(paths.configFile())).isEqualTo("~/.config/koine/config.toml");
        assertThat(paths.show(Path.of("/home/anna/x"))).isEqualTo("/home/anna/x");
        assertThat(paths.quote(Path.of("/home/ann/Library/Application Support/x")))
                .isEqualTo("~/'Library/Application Support/x'");
        assertThat(paths.quote(Path.of("/home/ann/x-1.toml"))).isEqualTo("~/x-1.toml");
        assertThat(paths.expand("~/x")).isEqualTo(Path.of("/home/ann/x"));
        assertThat(paths.expand("/a/../b")).isEqualTo(Path.of("/b"));
    }
}
