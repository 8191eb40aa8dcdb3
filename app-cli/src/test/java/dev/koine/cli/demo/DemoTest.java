package dev.koine.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir Path home;

    @Test
    void everyRowWorksWithoutNetworkKeyOrConfiguration() {
        var ran = CliRun.in(home).run("demo");
        assertThat(ran.out()).contains("POST /v1/chat/completions", "same request bytes", "POST /chat/completions",
                "POST /openai/deployments/demo/chat/completions?api-version=2024-10-21, api-key header",
                "x-acme-key header", "retried once", "exit code 77", "server saw the connection close",
                "9 of 9 worked in ");
        assertThat(ran.exit()).isZero();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aProgramGetsTheRowsAsOneDocument() {
        var demo = CliRun.in(home).run("demo", "--json").json();
        assertThat(demo.get("worked")).contains(Json.of(9));
        assertThat(demo.list("rows")).hasSize(9);
    }
}
