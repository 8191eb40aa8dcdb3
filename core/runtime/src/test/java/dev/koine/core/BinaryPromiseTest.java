package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.Outcome;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.plugin.Plugins;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A jar that was compiled against version 0.1 of the SPI, once, and is kept as it was, its sources beside it. It must
 * load and answer for as long as the major version lasts; it is never compiled again.
 */
@Timeout(120)
class BinaryPromiseTest {
    @TempDir Path folder;

    @Test
    void aJarCompiledAgainstTheFirstVersionLoadsAndAnswers() throws Exception {
        Path dropped = Files.createDirectories(folder.resolve("data/plugins")).resolve("kept.jar");
        try (InputStream jar = Plugins.class.getResourceAsStream("spi-0.1/kept.jar")) {
            Files.copy(Objects.requireNonNull(jar, "jar is null"), dropped);
        }
        try (var server = new ScriptedServer(
                ScriptedServer.events("{\"id\":\"1\",\"text\":\"still \"}", "{\"text\":\"here\",\"finish\":\"stop\"}"),
                ScriptedServer.json(200, "{\"text\":\"whole\",\"finish\":\"stop\"}"),
                ScriptedServer.json(200, "kept-model"), ScriptedServer.json(200, "[]"));
                var koine = Home.in(folder).config("schema-version = 1", "[providers.p]", "dialect = \"kept\"",
                        "base-url = \"" + server.url() + "\"").open()) {
            var info = koine.plugins().trust("kept");
            assertThat(info.problems()).isEmpty();
            assertThat(info.state()).isEqualTo(PluginInfo.State.RESOLVED);
            assertThat(info.spiVersion()).contains("0.1.0");

            var answer = koine.chat("p/m", ChatRequest.of("Hello"));
            assertThat(answer.text()).isEqualTo("still here");
            assertThat(answer.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(koine.chat("p/m", ChatRequest.of("Hello")).text()).isEqualTo("whole");
            var provider = koine.registry().provider("p").orElseThrow();
            assertThat(koine.listModels(provider, CallOptions.DEFAULT).getFirst().id()).isEqualTo("kept-model");
            assertThat(koine.embed(koine.select("p/m"), EmbeddingRequest.of(List.of("a")), CallOptions.DEFAULT)
                    .vectors()).containsExactly(List.of(1.0, 2.0));
            assertThat(koine.dialects().find("kept").orElseThrow().descriptor().options()).hasSize(1);
        }
    }
}
