package dev.koine.openai.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.EmbeddingRequest;
import dev.koine.api.EmbeddingResponse;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailureException;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings and model lists. */
class ListsTest {

    @Test
    void theRequestForVectorsHoldsWhatWasAskedAndNoMore() {
        var call = Decoding.DIALECT.embeddings().orElseThrow().call(ModelTarget.of("e"),
                EmbeddingRequest.of(List.of("a", "b")));
        assertThat(call.body().orElseThrow()).hasToString("{\"model\":\"e\",\"input\":[\"a\",\"b\"]}");
    }

    @Test
    void theLengthOfVectorsGoesWhereTheEndpointWantsIt() {
        var request = new EmbeddingRequest(List.of("a"), OptionalInt.of(8), Json.object().put("x", 1).build());
        var dialect = Decoding.dialect(ProviderConfig.builder("p")
                .quirks(Json.object().put("dimensions-field", "output_dimension").build()).build());
        assertThat(dialect.embeddings().orElseThrow().call(ModelTarget.of("e"), request).body().orElseThrow())
                .hasToString("{\"model\":\"e\",\"input\":[\"a\"],\"output_dimension\":8,\"x\":1}");
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() {
        var response = embeddings("""
                {"model":"e","data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2.5]}],
                "usage":{"prompt_tokens":2,"total_tokens":2}}""");
        assertThat(response.vectors()).containsExactly(List.of(1.0, 2.5), List.of(3.0, 4.0));
        assertThat(response.model()).hasValue("e");
        assertThat(response.usage().orElseThrow().input()).hasValue(2);
        assertThat(response.usage().orElseThrow().output()).isEmpty();
    }

    @Test
    void vectorsWithoutAnIndexComeAsSent() {
        assertThat(embeddings("{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}").vectors())
                .containsExactly(List.of(1.0), List.of(2.0));
    }

    @Test
    void vectorsMayBeBase64OfSinglePrecisionFloats() {
        assertThat(embeddings("{\"data\":[{\"index\":0,\"embedding\":\"AACAPwAAAMA=\"}]}").vectors())
                .containsExactly(List.of(1.0, -2.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // A vector inside of a list of its own, as a server says it that can give one for each token.
        "{\"data\":[{\"index\":0,\"embedding\":[[1,2]]},{\"index\":1,\"embedding\":[[3,4]]}]}",
        "[{\"index\":0,\"embedding\":[[1,2]]},{\"index\":1,\"embedding\":[[3,4]]}]",
        "[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":[1,2]}]",
        "[[1,2],[3,4]]",
        "{\"model\":\"e\",\"embeddings\":[[1,2],[3,4]]}",
        "{\"embeddings\":[{\"values\":[1,2]},{\"values\":[3,4]}]}",
        "{\"embeddings\":{\"float\":[[1,2],[3,4]]},\"texts\":[\"a\",\"b\"]}",
        "{\"result\":{\"shape\":[2,2],\"data\":[[1,2],[3,4]]},\"success\":true,\"errors\":[]}",
        "{\"data\":[[1,2],[3,4]]}", "{\"embedding\":[[1,2],[3,4]]}",
        // Several number formats at once: the one that needs no decoding.
        "{\"embeddings\":{\"int8\":[[9,9],[9,9]],\"float\":[[1,2],[3,4]]}}",
        "{\"embeddings\":{\"base64\":[\"AACAPwAAAEA=\",\"AABAQAAAgEA=\"]}}",
        "{\"data\":[{\"index\":0,\"embedding\":{\"float\":[1,2]}},{\"index\":1,\"embedding\":{\"float\":[3,4]}}]}",
        "{\"data\":[{\"index\":0,\"vector\":[1,2]},{\"index\":1,\"vector\":[3,4]}]}"
    })
    void vectorsAreFoundInTheFormsNearToOpenAis(String body) {
        assertThat(embeddings(body).vectors()).containsExactly(List.of(1.0, 2.0), List.of(3.0, 4.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "{\"embedding\":[1,2]}", "{\"embedding\":{\"values\":[1,2]}}"})
    void oneVectorMayComeAlone(String body) {
        assertThat(embeddings(body).vectors()).containsExactly(List.of(1.0, 2.0));
    }

    @Test
    void anAnswerThatHoldsNoVectorsIsAFailure() {
        assertThatThrownBy(() -> embeddings("{\"error\":{\"message\":\"model \\\"e\\\" not found\"}}"))
                .isInstanceOfSatisfying(ProviderFailureException.class,
                        thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.MODEL_UNKNOWN));
        assertThatThrownBy(() -> embeddings("<html></html>")).isInstanceOfSatisfying(ProviderFailureException.class,
                thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.HTML));
        assertThatThrownBy(() -> embeddings("{}")).isInstanceOfSatisfying(ProviderFailureException.class,
                thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER));
    }

    @Test
    void aListThatIsNullIsEmpty() {
        assertThat(models("{\"object\":\"list\",\"data\":null}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"shutdown_date\":\"2026-08-16\"}                                    | retired 2026-08-16",
        "{\"deprecation_date\":\"2026-03-01\",\"shutdown_date\":\"2026-08-16\"} | retired 2026-08-16",
        "{\"expiration_date\":\"2026-08-16T00:00:00Z\"}                        | retired 2026-08-16",
        "{\"deprecation\":\"2026-03-01T12:00:00Z\"}                            | deprecated 2026-03-01",
        "{\"deprecation_date\":1772323200}                                     | deprecated 2026-03-01",
        "{\"deprecation\":{\"fine_tune\":1,\"inference\":1786838400}}          | retired 2026-08-16",
        "{\"model_info\":{\"deprecation_date\":\"2026-03-01\"}}                | deprecated 2026-03-01",
        "{\"deprecated\":true}                                                 | deprecated",
        "{\"is_deprecated\":true}                                              | deprecated",
        "{\"lifecycle_status\":\"deprecated\"}                                 | deprecated",
        "{\"lifecycle_status\":\"retired\"}                                    | retired",
        "{\"modelLifecycle\":{\"status\":\"LEGACY\"}}                          | deprecated",
        "{\"lifecycle_status\":\"generally-available\"}                        | ``",
        "{\"deprecated\":false,\"deprecation\":null,\"expiration_date\":null}  | ``",
        "{\"deprecation_date\":\"soon enough\"}                                | ``",
        "{\"shutdown_date\":0}                                                 | ``"
    })
    void theLifeOfAModelIsReadByItsManyNames(String facts, String life) {
        var listing = models("[" + facts.replaceFirst("\\{", "{\"id\":\"m\",") + "]").getFirst();
        assertThat(listing.lifecycle().map(read -> read.status() + read.on().map(day -> " " + day).orElse(""))
                .orElse("")).isEqualTo(life);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"architecture\":{\"input_modalities\":[\"text\",\"image\"]}} | text image",
        "{\"input_modalities\":[\"Text\",\"PDF\",\"image\"]}            | text file image",
        "{\"modalities\":{\"input\":[\"text\",\"audio\"]}}             | text audio",
        "{\"architecture\":{\"modality\":\"text+image->text\"}}        | text image",
        "{\"architecture\":{\"modality\":\"text\"}}                   | ``",
        "{\"input_modalities\":[]}                                   | ``", "{\"capabilities\":[\"vision\"]} | ``"
    })
    void theKindsOfInputAreThoseThatAreListed(String facts, String kinds) {
        var listing = models("[" + facts.replaceFirst("\\{", "{\"id\":\"m\",") + "]").getFirst();
        assertThat(String.join(" ", listing.input())).isEqualTo(kinds);
    }

    @Test
    void theModelThatIsNamedInsteadIsKept() {
        var listing = models("""
                [{"id":"m","deprecation":"2026-03-01T12:00:00Z","deprecation_replacement_model":"n"}]""").getFirst();
        assertThat(listing.lifecycle().orElseThrow().replacement()).hasValue("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"architecture\":{\"input_modalities\":[\"text\",\"image\"]}}", "{\"input_modalities\":[\"image\"]}",
        "{\"architecture\":{\"modality\":\"text+image->text\"}}", "{\"capabilities\":{\"vision\":true}}",
        "{\"supported_input_modalities\":[\"text\",\"image\"]}", "{\"tags\":[\"vision\"]}", "{\"type\":\"vlm\"}"
    })
    void whatAModelTakesBesideTextIsACapability(String facts) {
        assertThat(models("[" + facts.replaceFirst("\\{", "{\"id\":\"m\",") + "]").getFirst().capabilities())
                .containsExactly("vision");
    }

    @Test
    void aModelThatDrawsNeedNotSee() {
        assertThat(models("[{\"id\":\"m\",\"architecture\":{\"modality\":\"text->image\"}}]").getFirst()
                .capabilities()).isEmpty();
    }

    @Test
    void aListMayBeBareOrUnderAName() {
        for (String body : List.of("{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "[{\"id\":\"a\"},{\"id\":\"b\"}]",
                "{\"models\":[{\"name\":\"a\"},{\"key\":\"b\"}]}", "[\"a\",\"b\"]", "{\"models\":[\"a\",\"b\"]}",
                "{\"result\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"success\":true,\"errors\":[]}",
                "{\"resources\":[{\"model_id\":\"a\"},{\"model_id\":\"b\"}]}",
                "{\"code\":0,\"data\":{\"list\":[{\"id\":\"a\"},{\"id\":\"b\"}]}}",
                // Each model under its id.
                "{\"a\":{\"max_tokens\":8},\"b\":{\"mode\":\"chat\"}}",
                "{\"data\":{\"a\":{\"object\":\"model\"},\"b\":{\"object\":\"model\"}}}",
                "{\"models\":{\"1\":{\"id\":\"a\"},\"2\":{\"id\":\"b\"}}}")) {
            assertThat(models(body)).extracting(ModelListing::id).containsExactly("a", "b");
        }
        assertThat(models("{\"id\":\"a\",\"object\":\"model\"}")).extracting(ModelListing::id).containsExactly("a");
        assertThat(models("[]")).isEmpty();
    }

    @Test
    void aCatalogueThatListsPropertiesIsReadLikeAnyOther() {
        var model = models("""
                {"success":true,"result":[{"id":"429b9e8b-d99e-44de-91ad-706cf8183658","name":"@cf/vendor/m",\
                "task":{"name":"Text Generation"},"properties":[{"property_id":"context_window","value":"24000"},\
                {"property_id":"function_calling","value":"true"},{"property_id":"price","value":[\
                {"unit":"per M input tokens","price":0.28,"currency":"USD"},\
                {"unit":"per M output tokens","price":0.83,"currency":"USD"}]}]}]}""").getFirst();
        assertThat(model.id()).isEqualTo("@cf/vendor/m");
        assertThat(model.contextWindow()).hasValue(24_000);
        assertThat(model.capabilities()).containsExactly("tools");
        assertThat(model.price().orElseThrow().input()).hasValue(new BigDecimal("0.28"));
        assertThat(model.price().orElseThrow().output()).hasValue(new BigDecimal("0.83"));
    }

    @Test
    void aPriceForOneTokenIsNotTakenForThatOfAMillion() {
        var model = model("\"pricing\":{\"input\":\"0.0000015\",\"output\":\"0.000006\"}");
        assertThat(model.price().orElseThrow().input()).hasValue(new BigDecimal("1.5"));
        assertThat(model.price().orElseThrow().output()).hasValue(new BigDecimal("6"));
    }

    @Test
    void anAnswerThatHoldsNoListIsAFailure() {
        for (String body : List.of("{\"a\":{\"b\":1}}", "{\"Response\":{\"RequestId\":\"1\"}}", "{}")) {
            assertThatThrownBy(() -> models(body)).isInstanceOfSatisfying(ProviderFailureException.class,
                    thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.UNEXPECTED_ANSWER));
        }
        assertThatThrownBy(() -> models("[{\"error\":{\"code\":429,\"message\":\"Too many requests\"}}]"))
                .isInstanceOfSatisfying(ProviderFailureException.class,
                        thrown -> assertThat(thrown.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED));
        assertThatThrownBy(() -> models("{\"error\":\"Unexpected endpoint or method. (GET /models)\"}"))
                .isInstanceOfSatisfying(ProviderFailureException.class,
                        thrown -> assertThat(thrown.failure().field()).hasValue("base-url"));
    }

    @Test
    void contextAndOutputAreReadUnderTheirManyNames() {
        for (String entry : List.of("\"context_length\":8", "\"context_window\":8", "\"max_context_length\":8",
                "\"max_model_len\":8", "\"meta\":{\"n_ctx\":8,\"n_ctx_train\":9}", "\"inputTokenLimit\":\"8\"",
                "\"top_provider\":{\"context_length\":8}", "\"model_spec\":{\"availableContextTokens\":8}",
                "\"capabilities\":{\"limits\":{\"max_context_window_tokens\":8}}",
                "\"model_info\":{\"max_input_tokens\":8}",
                "\"providers\":[{\"context_length\":4},{\"context_length\":8}]")) {
            assertThat(model(entry).contextWindow()).as(entry).hasValue(8);
        }
        for (String entry : List.of("\"max_completion_tokens\":4", "\"outputTokenLimit\":4",
                "\"top_provider\":{\"max_completion_tokens\":4}", "\"model_spec\":{\"maxCompletionTokens\":4}")) {
            assertThat(model(entry).maxOutput()).as(entry).hasValue(4);
        }
        assertThat(model("\"context_length\":0").contextWindow()).isEmpty();
        assertThat(model("\"context_length\":null").contextWindow()).isEmpty();
    }

    @Test
    void capabilitiesAreWordsAndWhatIsDeniedIsALack() {
        assertThat(model("\"supported_parameters\":[\"tools\",\"response_format\",\"reasoning\"],"
                + "\"architecture\":{\"input_modalities\":[\"text\",\"image\"]}").capabilities())
                .containsExactlyInAnyOrder("tools", "json", "reasoning", "vision");
        assertThat(model("\"capabilities\":{\"function_calling\":true,\"vision\":false,\"completion_fim\":true}")
                .capabilities()).containsExactlyInAnyOrder("tools", "no-vision");
        assertThat(
                model("\"model_spec\":{\"capabilities\":{\"supportsFunctionCalling\":true,\"supportsVision\":false}}")
                        .capabilities())
                .containsExactlyInAnyOrder("tools", "no-vision");
        assertThat(model("\"capabilities\":{\"supports\":{\"tool_calls\":true}}").capabilities())
                .containsExactly("tools");
        assertThat(model("\"type\":\"embeddings\"").capabilities()).containsExactly("embeddings");
        assertThat(model("\"owned_by\":\"x\"").capabilities()).isEmpty();
    }

    @Test
    void pricesAreForAMillionTokensHoweverTheyWereCounted() {
        var perToken = model(
                "\"pricing\":{\"prompt\":\"0.00000015\",\"completion\":\"0.0000006\",\"input_cache_read\":\"0\"}")
                .price().orElseThrow();
        assertThat(perToken.input().orElseThrow()).isEqualByComparingTo(new BigDecimal("0.15"));
        assertThat(perToken.output().orElseThrow()).isEqualByComparingTo(new BigDecimal("0.6"));
        assertThat(perToken.cachedInput().orElseThrow()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(perToken.currency()).isEqualTo("USD");
        assertThat(model("\"pricing\":{\"input\":0.2,\"output\":3}").price().orElseThrow().output().orElseThrow())
                .isEqualByComparingTo(new BigDecimal("3"));
        assertThat(model("\"model_spec\":{\"pricing\":{\"input\":{\"usd\":1.5}}}").price().orElseThrow().input()
                .orElseThrow()).isEqualByComparingTo(new BigDecimal("1.5"));
        assertThat(model("\"pricing\":{\"prompt\":\"-1\",\"completion\":\"-1\"}").price()).isEmpty();
        assertThat(model("\"pricing\":\"free\"").price()).isEmpty();
    }

    private static ModelListing model(String members) {
        return models("{\"data\":[{\"id\":\"a\"," + members + "}]}").getFirst();
    }

    private static List<ModelListing> models(String body) {
        return Decoding.DIALECT.models().orElseThrow().decode(TestReply.of(200, body));
    }

    private static EmbeddingResponse embeddings(String body) {
        return Decoding.DIALECT.embeddings().orElseThrow().decode(TestReply.of(200, body));
    }
}
