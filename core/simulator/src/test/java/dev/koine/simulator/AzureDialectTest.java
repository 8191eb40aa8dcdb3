package dev.koine.simulator;

import static dev.koine.simulator.RawHttp.chat;
import static dev.koine.simulator.RawHttp.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureDialectTest {
    private static final String NOT_FOUND = "{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}";
    private static final String DEPLOYMENT_NOT_FOUND = "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API "
            + "deployment for this resource does not exist. If you created the deployment within the last 5 minutes, "
            + "please wait a moment and try again.\"}}";

    private final Simulator simulator = Simulator.builder().key("right").start();
    private final Map<String, String> key = Map.of("api-key", "right");
    private final URI origin = simulator.origin(SimulatedDialect.AZURE);
    private final URI demo = at("/openai/deployments/demo/chat/completions?api-version=2024-10-21");
    private final URI v1 = at("/openai/v1/chat/completions");

    @AfterEach
    void close() {
        simulator.close();
    }

    private URI at(String target) {
        return URI.create(origin + target);
    }

    @Test
    void theBaseIsTheDemoDeployment() {
        assertThat(simulator.base(SimulatedDialect.AZURE)).isEqualTo(at("/openai/deployments/demo"));
    }

    @Test
    void theDeploymentInThePathAnswersWhateverModelTheBodyNames() {
        var response = RawHttp.post(demo, key, chat("gpt-4o", "hello"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().text("model")).contains("demo");
        assertThat(response.json().members()).containsKey("prompt_filter_results");
        assertThat(response.headers()).containsEntry("apim-request-id", "00000000-0000-4000-8000-000000000001")
                .containsKey("x-ms-region");
    }

    @Test
    void everyModelIsADeployment() {
        for (String model : simulator.models()) {
            assertThat(RawHttp.post(at("/openai/deployments/" + model + "/embeddings?api-version=2024-06-01"), key,
                    "{\"input\":\"x\"}").status()).as(model).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/openai/deployments/demo/chat/completions",
        "/openai/deployments/demo/chat/completions?api-version=2024-10-22",
        "/openai/deployments/demo/chat/completions?api-version=",
        "/openai/deployments/demo/chat/completions?Api-Version=2024-10-21",
        "//openai/deployments/demo/chat/completions?api-version=2024-10-21",
        "/openai/deployments/demo//chat/completions?api-version=2024-10-21",
        "/openai/deployments/demo/v1/chat/completions?api-version=2024-10-21",
        "/openai/deployments/demo/completions?api-version=2024-10-21",
        "/deployments/demo/chat/completions?api-version=2024-10-21",
        "/v1/chat/completions",
        "/chat/completions",
        "/openai/v1/v1/chat/completions"})
    void wrongPathsAndMissingOrUnknownApiVersionsAreNotFoundWhateverTheKey(String target) {
        var response = RawHttp.sendTarget(origin, target, chat("demo", "x"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo(NOT_FOUND);
        assertThat(response.headers()).containsKey("apim-request-id");
    }

    @Test
    void theWrongMethodIsNotFoundToo() {
        assertThat(RawHttp.get(demo).body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void anUnknownDeploymentIsNotFoundByName() {
        var dated = RawHttp.post(at("/openai/deployments/nope/chat/completions?api-version=2024-10-21"), key, "{");
        assertThat(dated.status()).isEqualTo(404);
        assertThat(dated.body()).isEqualTo(DEPLOYMENT_NOT_FOUND);
        var undated = RawHttp.post(v1, key, chat("nope", "x"));
        assertThat(undated.status()).isEqualTo(404);
        assertThat(undated.body()).isEqualTo(DEPLOYMENT_NOT_FOUND);
    }

    @Test
    void aWrongOrMissingKeyIsRefusedBeforeTheDeploymentIsLookedFor() {
        String body = "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key or wrong "
                + "API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional "
                + "API endpoint for your resource.\"}}";
        URI nope = at("/openai/deployments/nope/chat/completions?api-version=2024-10-21");
        assertThat(RawHttp.post(nope, chat("x", "x")).body()).isEqualTo(body);
        assertThat(RawHttp.post(nope, Map.of("api-key", "wrong"), chat("x", "x")).status()).isEqualTo(401);
    }

    @Test
    void theKeyMayComeAsABearerToken() {
        assertThat(RawHttp.post(demo, Map.of("Authorization", "Bearer right"), chat("x", "x")).status()).isEqualTo(200);
    }

    @Test
    void theV1StyleTakesTheBodysModelAsDeploymentAndNoDatedApiVersion() {
        assertThat(RawHttp.post(v1, key, chat("echo", "hi")).json().text("model")).contains("echo");
        assertThat(
                RawHttp.post(at("/openai/v1/chat/completions?api-version=preview"), key, chat("echo", "hi")).status())
                .isEqualTo(200);
        var dated = RawHttp.post(at("/openai/v1/chat/completions?api-version=2024-10-21"), key, chat("echo", "hi"));
        assertThat(dated.status()).isEqualTo(400);
        assertThat(dated.body())
                .isEqualTo("{\"error\":{\"code\":\"BadRequest\",\"message\":\"API version not supported\"}}");
    }

    @Test
    void badBodiesAreRefusedInOpenAisWords() {
        assertThat(RawHttp.post(demo, key, "{").body()).contains("We could not parse the JSON body");
        assertThat(RawHttp.post(demo, key, "{}").body()).contains("Missing required parameter: 'messages'.");
        assertThat(RawHttp.post(v1, key, "{}").body()).contains("you must provide a model parameter");
    }

    @Test
    void modelsAreListedInBothStyles() {
        for (String target : new String[]{"/openai/models?api-version=2024-10-21", "/openai/v1/models"}) {
            try (var http = RawHttp.open(at(target), "GET", key, "")) {
                var response = http.response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).contains("\"lifecycle_status\"", "\"id\":\"demo\"");
            }
        }
    }

    @Test
    void aStreamBeginsWithAChunkThatHasNoChoices() {
        try (var http = RawHttp.open(demo, "POST", key, streamed("x", "one two"))) {
            var response = http.response();
            var first = response.chunks().getFirst();
            assertThat(first.items("choices")).isEmpty();
            assertThat(first.text("id")).contains("");
            assertThat(first.members()).containsKey("prompt_filter_results");
            assertThat(response.text()).isEqualTo("one two");
            assertThat(response.events()).endsWith("[DONE]");
            assertThat(response.chunks().get(1).items("choices").getFirst().asObject().orElseThrow().members())
                    .containsKey("content_filter_results");
        }
    }
}
