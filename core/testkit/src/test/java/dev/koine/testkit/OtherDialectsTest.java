package dev.koine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dialects that the simulator does not speak, and providers that speak to nobody, are held to the contract too. */
@Timeout(120)
class OtherDialectsTest {
    private static final Set<
            Behavior> LINE = EnumSet.of(Behavior.HTTP, Behavior.PLUGIN, Behavior.ROUND_TRIP, Behavior.KEY,
                    Behavior.STREAMING);
    private static final Set<Behavior> DIRECT = EnumSet.of(Behavior.PLUGIN, Behavior.ROUND_TRIP);

    @TempDir Path folder;

    @ExtendWith(Seed.Resolver.class)
    abstract static class Seeded extends DialectContract {
        private final Seed seed;

        Seeded(Seed seed) {
            this.seed = seed;
        }

        @Override
        protected ProviderSpi spi() {
            return seed.spi();
        }

        @Override
        protected boolean supports(Behavior behavior) {
            return seed.behaviors().contains(behavior);
        }
    }

    static class LineContractTest extends Seeded {
        LineContractTest(Seed seed) {
            super(seed);
        }

        @Override
        protected Optional<ScriptedEndpoint> endpoint() {
            return Optional.of(request -> {
                String words = request.object().text("words").orElse("");
                boolean lines = request.object().get("lines").equals(Optional.of(Json.of(true)));
                int half = words.length() / 2;
                return lines
                        ? ScriptedEndpoint.Answer.ndjson(said(words.substring(0, half)), said(words.substring(half)),
                                "{\"end\": true}")
                        : ScriptedEndpoint.Answer.json(200, said(words));
            });
        }

        private static String said(String words) {
            return Json.object().put("say", words).build().toString();
        }
    }

    static class EchoContractTest extends Seeded {
        EchoContractTest(Seed seed) {
            super(seed);
        }

        @Override
        protected ProviderConfig config() {
            return ProviderConfig.builder("contract").build();
        }
    }

    @Test
    void aWireFormOfItsOwnIsAnsweredByAScriptedEndpoint() {
        var trial = Trial.of(LineContractTest.class, Seed.parameters(
                Fixture.of("own-wire", "com.example.line.LineProvider", "LineProvider"), folder, LINE));
        assertThat(trial.broken()).isEmpty();
        assertThat(trial.skipped()).containsOnlyKeys("aToolIsCalled", "modelsAreListed", "textsBecomeVectors");
    }

    @Test
    void aDirectProviderIsAskedThroughTheEngine() {
        var trial = Trial.of(EchoContractTest.class,
                Seed.parameters(Fixture.of("direct", "com.example.echo.EchoProvider", "EchoProvider"), folder, DIRECT));
        assertThat(trial.broken()).isEmpty();
        assertThat(trial.skipped()).doesNotContainKeys("aQuestionIsAnswered", "aQuestionIsAnsweredInAStream",
                "toolsAreOfferedOrRefused", "theDialectCanBeUnloaded", "theEngineTakesTheJarAsAPlugin");
    }

    /** These tests run on the class path, where nobody misses it. */
    @Test
    void theModuleMayLookForDialects() throws Exception {
        var place = Path.of(DialectContract.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var module = ModuleFinder.of(place).find("dev.koine.testkit").orElseThrow().descriptor();
        assertThat(module.uses()).containsExactly(ProviderSpi.class.getName());
    }
}
