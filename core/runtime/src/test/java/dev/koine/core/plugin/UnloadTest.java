package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.koine.api.ChatRequest;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is gone leaves nothing behind, and one that does is told of by name. */
@Timeout(300)
class UnloadTest {
    private static final ProviderConfig CONFIG = ProviderConfig.builder("p")
            .baseUrl(BaseUrl.parse("http://127.0.0.1:1/")).build();

    @TempDir Path home;

    private final BlockingQueue<PluginEvent> events = new LinkedBlockingQueue<>();
    private LiveJars jars;
    private Plugins plugins;
    private Path dropped;

    @BeforeEach
    void arrange() throws IOException {
        jars = new LiveJars(home.resolve("build"));
        var paths = KoinePaths.under(home.resolve("koine"));
        dropped = Files.createDirectories(paths.pluginsDir()).resolve("live.jar");
        plugins = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of(),
                new Plugins.Limits(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMillis(200)));
        plugins.listen(events::add);
    }

    private <E extends PluginEvent> E next(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("event " + kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** Use the plugin as the engine does, and keep what it gave. */
    private List<Object> used() {
        var handle = plugins.open("live").orElseThrow();
        var dialect = (HttpDialect) handle.spi().create(CONFIG);
        var call = dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi"));
        dialect.streamDecoder();
        return List.of(handle, dialect, call);
    }

    private WeakReference<ClassLoader> loader() {
        // What is seen of the plugin from outside is Koine's; its own loader shows as that of its threads.
        var fence = plugins.generations().all().getFirst().loaded().fence().orElseThrow();
        return new WeakReference<>(fence.call("name its loader", () -> Thread.currentThread().getContextClassLoader()));
    }

    /** Ask the JDK's own tool: the columns are classes loaded, their KB, classes unloaded. */
    private static long loadedClasses() throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jstat").toString(), "-class",
                String.valueOf(ProcessHandle.current().pid())).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String[] columns = said.lines().reduce((_, last) -> last).orElse("").strip().split(" +");
        assertThat(columns).as(said).hasSize(5);
        return Long.parseLong(columns[0]) - Long.parseLong(columns[2]);
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static void collect(List<WeakReference<ClassLoader>> loaders) {
        for (int i = 0; i < 50 && loaders.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            Thread.onSpinWait();
        }
    }

    @Test
    void twoHundredReloadsLeaveNoClassNoLayerAndNoOpenFile() throws Exception {
        Path one = jars.http("1", home.resolve("one.jar"));
        Path two = jars.http("2", home.resolve("two.jar"));
        var kept = new ArrayList<Object>();
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        // Both are trusted once; the lock then holds the one that lies there.
        var lock = new ArrayList<PluginsLock>();
        var paths = KoinePaths.under(home.resolve("koine"));
        for (Path jar : List.of(one, two)) {
            Files.copy(jar, dropped, StandardCopyOption.REPLACE_EXISTING);
            assertThat(plugins.trust("live").state()).isEqualTo(PluginInfo.State.RESOLVED);
            lock.add(PluginsLock.read(paths.pluginsLock()));
        }
        long classesBefore = 0;
        long filesBefore = 0;
        for (int i = 0; i < 220; i++) {
            Files.copy(i % 2 == 0 ? one : two, dropped, StandardCopyOption.REPLACE_EXISTING);
            lock.get(i % 2).write(paths.pluginsLock());
            plugins.reload();
            kept.addAll(used());
            loaders.add(loader());
            if (i == 19) {
                collect(loaders.subList(0, 19));
                classesBefore = loadedClasses();
                filesBefore = Files.exists(Path.of("/proc/self/fd")) ? openFiles() : 0;
            }
        }

        collect(loaders.subList(0, loaders.size() - 1));

        assertThat(kept).hasSize(660);
        assertThat(loaders.stream().filter(loader -> loader.get() != null)).hasSize(1);
        assertThat(plugins.problems().stream().filter(problem -> problem.kind() == Kind.LEAK)).isEmpty();
        // Each generation has five classes of its own; two hundred that stayed would be a thousand.
        assertThat(loadedClasses()).isLessThan(classesBefore + 200);
        assumeThat(Path.of("/proc/self/fd")).exists();
        assertThat(openFiles()).isLessThanOrEqualTo(filesBefore + 10);
    }

    @Test
    void aThreadThatAPluginLeftRunningIsNamed() throws Exception {
        jars.http("1", """
                var thread = new Thread(() -> {
                    try {
                        Thread.sleep(1_000_000);
                    } catch (InterruptedException e) {
                        return;
                    }
                }, "acme-poller");
                thread.setDaemon(true);
                thread.start();
                """, dropped);
        plugins.trust("live");
        used();

        plugins.uninstall("live");

        var leak = next(PluginEvent.Leaked.class);
        assertThat(leak.plugin()).isEqualTo("live");
        assertThat(leak.threads()).contains("acme-poller");
        assertThat(leak.message()).matches("plugin live \\(sha256 [0-9a-f]{8}…\\) was replaced or removed, but its"
                + " classes stay in memory: its thread acme-poller still runs");
        assertThat(plugins.problems().getFirst().message()).isEqualTo(leak.message());
        jars.http("2", dropped);
        assertThat(plugins.find("live").problems().getLast().kind()).isEqualTo(Kind.LEAK);

        Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("acme-poller"))
                .forEach(Thread::interrupt);

        var event = events.poll(100, TimeUnit.MILLISECONDS);
        for (int i = 0; i < 300 && !(event instanceof PluginEvent.Unloaded); i++) {
            System.gc();
            event = events.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(event).isInstanceOf(PluginEvent.Unloaded.class);
        assertThat(plugins.find("live").problems()).noneMatch(problem -> problem.kind() == Kind.LEAK);
    }

    @Test
    void anExceptionThatIsKeptKeepsNoPlugin() throws Exception {
        jars.http("1", "if (config.apiVersion().isEmpty()) { throw new IllegalStateException(\"no\"); }", dropped);
        plugins.trust("live");
        var kept = new ArrayList<RuntimeException>();
        try {
            used();
        } catch (RuntimeException e) {
            kept.add(e);
        }

        plugins.uninstall("live");

        assertThat(next(PluginEvent.Unloaded.class).plugin()).isEqualTo("live");
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().getMessage()).contains("java.lang.IllegalStateException: no");
    }

    @Test
    void whoeverStillHoldsADialectOfAPluginThatIsGoneIsToldSo() throws Exception {
        jars.http("1", dropped);
        plugins.trust("live");
        var dialect = (HttpDialect) plugins.open("live").orElseThrow().spi().create(CONFIG);

        plugins.uninstall("live");

        org.assertj.core.api.Assertions
                .assertThatThrownBy(() -> dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi")))
                .hasMessageContaining("plugin live was replaced or removed");
    }
}
