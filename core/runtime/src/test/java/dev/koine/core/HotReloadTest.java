package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.plugin.LiveJars;
import dev.koine.core.plugin.PluginEvent;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.plugin.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that come, change and go while requests run through the whole engine. */
@Timeout(120)
class HotReloadTest {
    private static final ChatRequest HELLO = ChatRequest.of("Hello");

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<PluginEvent> events = new LinkedBlockingQueue<>();
    private LiveJars jars;
    private Path dropped;

    @BeforeEach
    void arrange() throws IOException {
        jars = new LiveJars(folder.resolve("build"));
        dropped = Files.createDirectories(folder.resolve("home/data/plugins")).resolve("live.jar");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private Koine koine(ScriptedServer.Answer... answers) {
        var server = new ScriptedServer(answers);
        open.add(server);
        var koine = Home.in(folder.resolve("home")).config("schema-version = 1", "[providers.p]", "dialect = \"live\"",
                "base-url = \"" + server.url() + "\"").open();
        open.add(koine);
        open.add(koine.plugins().listen(events::add));
        return koine;
    }

    private static void trust(Koine koine) {
        assertThat(koine.plugins().trust("live").state()).isEqualTo(PluginInfo.State.RESOLVED);
    }

    private ChatStream ask(Koine koine) {
        var stream = koine.stream("p/m", HELLO);
        open.add(stream);
        return stream;
    }

    private static String text(Stream<ChatEvent> events) {
        return events.filter(ChatEvent.TextDelta.class::isInstance).map(event -> ((ChatEvent.TextDelta) event).text())
                .reduce("", String::concat);
    }

    /** Wait for the next event of a kind. */
    private <E extends PluginEvent> E next(Class<E> kind) throws InterruptedException {
        while (true) {
            var event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("event " + kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    private static ScriptedServer.Answer held(CountDownLatch goOn) {
        return ScriptedServer.held(goOn, new String[]{"{\"text\":\"one\"}"}, "{\"text\":\"two\",\"finish\":\"stop\"}");
    }

    private static ScriptedServer.Answer whole() {
        return ScriptedServer.events("{\"text\":\"all\",\"finish\":\"stop\"}");
    }

    @Test
    void aStreamEndsInTheCodeThatItBeganInAndTheNextOneGetsTheNew() throws Exception {
        var goOn = new CountDownLatch(1);
        var koine = koine(held(goOn), whole());
        jars.http("1", dropped);
        trust(koine);
        var running = ask(koine);
        var pieces = running.iterator();
        assertThat(pieces.next()).isEqualTo(new ChatEvent.TextDelta(0, "1:one "));
        String old = next(PluginEvent.StateChanged.class).plugin();

        jars.http("2", dropped);
        trust(koine);

        assertThat(next(PluginEvent.Withdrawn.class).plugin()).isEqualTo(old);
        assertThat(ask(koine).readAll().text()).isEqualTo("2:all ");
        assertThat(events).noneMatch(PluginEvent.Closed.class::isInstance);
        goOn.countDown();
        assertThat(pieces.next()).isEqualTo(new ChatEvent.TextDelta(0, "1:two "));
        pieces.forEachRemaining(event -> assertThat(event).isNotInstanceOf(ChatEvent.Failed.class));
        assertThat(running.response().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(next(PluginEvent.Closed.class).faults()).isEmpty();
    }

    @Test
    void aStreamWhosePluginIsRemovedEndsWellAndTheNextRequestSaysWhatIsMissing() throws Exception {
        var goOn = new CountDownLatch(1);
        var koine = koine(held(goOn), whole());
        jars.http("1", dropped);
        trust(koine);
        var running = ask(koine);
        var pieces = running.iterator();
        pieces.next();

        Files.delete(dropped);
        var reload = koine.plugins().reload();

        assertThat(reload.changes()).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo(Reload.What.WITHDRAWN);
            assertThat(change.plugin()).isEqualTo("live");
        });
        var failure = catchThrowableOfType(ProviderFailureException.class, () -> ask(koine).readAll()).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PLUGIN);
        assertThat(failure.message()).isEqualTo("the dialect 'live' is that of plugin live, whose file is gone");
        goOn.countDown();
        var rest = new ArrayList<ChatEvent>();
        pieces.forEachRemaining(rest::add);
        assertThat(text(rest.stream())).isEqualTo("1:two ");
        assertThat(running.response().outcome()).isEqualTo(Outcome.COMPLETE);
        next(PluginEvent.Closed.class);
        assertThat(next(PluginEvent.Unloaded.class).plugin()).isEqualTo("live");
    }

    @Test
    void aFileThatChangedAndIsNotTrustedLeavesTheTrustedCodeRunning() throws Exception {
        var koine = koine(whole(), whole());
        jars.http("1", dropped);
        trust(koine);
        assertThat(ask(koine).readAll().text()).isEqualTo("1:all ");

        Files.writeString(dropped, "half a jar");

        assertThat(koine.plugins().reload().swapped()).isFalse();
        assertThat(ask(koine).readAll().text()).isEqualTo("1:all ");
    }

    @Test
    void aRequestForAPluginThatIsOffNamesTheCommandThatSwitchesItOn() throws Exception {
        var koine = koine(whole(), whole());
        jars.http("1", dropped);
        trust(koine);
        assertThat(ask(koine).readAll().text()).isEqualTo("1:all ");

        koine.plugins().disable("live");

        var failure = catchThrowableOfType(ProviderFailureException.class, () -> ask(koine).readAll()).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PLUGIN);
        assertThat(failure.message()).isEqualTo("the dialect 'live' is that of plugin live: it is switched off");
        assertThat(failure.fix()).containsExactly("koine plugins enable live");
        koine.plugins().enable("live");
        assertThat(ask(koine).readAll().text()).isEqualTo("1:all ");
    }

    @Test
    void aProviderThatAnswersByItselfIsClosedOnceWhenItsLastCallIsOver() throws Exception {
        Path log = folder.resolve("closed");
        var koine = koine();
        jars.direct("1", log, dropped);
        trust(koine);
        var running = ask(koine);
        var pieces = running.iterator();
        assertThat(pieces.next()).isEqualTo(new ChatEvent.TextDelta(0, "1:"));

        jars.direct("2", log, dropped);
        trust(koine);

        var next = ask(koine);
        var later = next.iterator();
        assertThat(later.next()).isEqualTo(new ChatEvent.TextDelta(0, "2:"));
        assertThat(log).doesNotExist();
        Files.createFile(folder.resolve("gate-m"));
        pieces.forEachRemaining(event -> assertThat(event).isNotInstanceOf(ChatEvent.Failed.class));
        assertThat(running.response().text()).isEqualTo("1:end");
        assertThat(next(PluginEvent.Closed.class).faults()).isEmpty();
        assertThat(log).hasContent("1 closed\n");
        later.forEachRemaining(event -> assertThat(event).isNotInstanceOf(ChatEvent.Failed.class));
        koine.plugins().uninstall("live");
        assertThat(log).hasContent("1 closed\n2 closed\n");
    }

    @Test
    void anAnswerThatIsKeptKeepsNoPlugin() throws Exception {
        var koine = koine(whole());
        jars.http("1", dropped);
        trust(koine);
        var kept = ask(koine);
        assertThat(kept.readAll().text()).isEqualTo("1:all ");

        koine.plugins().uninstall("live");

        next(PluginEvent.Closed.class);
        assertThat(next(PluginEvent.Unloaded.class).plugin()).isEqualTo("live");
        assertThat(kept.response().text()).isEqualTo("1:all ");
    }
}
