package dev.koine.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koine.api.Json;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ConfigKeysTest {

    @Test
    void theSchemaHasEveryKeyAndNoOther() {
        var schema = object(ConfigStore.schema());
        var inSchema = new TreeSet<String>();
        collect(schema, schema, "", inSchema);

        assertThat(inSchema).containsExactlyInAnyOrderElementsOf(ConfigKeys.all().stream()
                .map(setting -> String.join(".", setting.key())).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theSchemaAllowsTheSameWordsAsTheCode() {
        var tags = ConfigKeys.find(List.of("providers", "*", "models", "*", "tags")).orElseThrow();
        assertThat(ConfigStore.schema()).contains(
                tags.allowed().stream().map(tag -> '"' + tag + '"').collect(Collectors.joining(", ", "[", "]")));
    }

    /** Written again by {@code koine config schema > docs/koine-config.schema.json}. */
    @Test
    void theSchemaBesideTheExampleIsTheSame() throws Exception {
        assertThat(ConfigDocumentTest.EXAMPLE.resolveSibling("koine-config.schema.json"))
                .hasContent(ConfigStore.schema());
    }

    @Test
    void theExampleIsValid() throws Exception {
        var example = ConfigDocument.parse(ConfigDocumentTest.EXAMPLE, Files.readString(ConfigDocumentTest.EXAMPLE));
        assertThat(Layers.only(KoinePaths.under(ConfigDocumentTest.EXAMPLE.resolveSibling("none")), example).problems())
                .isEmpty();
    }

    @Test
    void everyKeyIsExplainedInOneLine() {
        assertThat(ConfigKeys.all())
                .allSatisfy(setting -> assertThat(setting.doc()).isNotBlank().endsWith(".").hasSizeLessThan(130));
    }

    @Test
    void builtInValuesAreValid() {
        assertThat(ConfigKeys.all()).filteredOn(setting -> setting.builtIn().isPresent()).isNotEmpty()
                .allSatisfy(setting -> {
                    var key = setting.key().stream().map(part -> part.equals("*") ? "x" : part).toList();
                    Json table = ConfigKeys.parse(key, setting.builtIn().orElseThrow());
                    for (var part : key.reversed()) {
                        table = Json.object().put(part, table).build();
                    }
                    assertThat(Validation.of(new Layer("test", ConfigDocumentTest.EXAMPLE, (Json.Obj) table,
                            java.util.Optional.empty())))
                            .isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"default-model|default-model", "providers.groq.base-url|providers,groq,base-url",
                "providers.groq.models.\"a/b.c\".tags|providers,groq,models,a/b.c,tags",
                "providers.groq.models.llama-3.1-8b.tags|providers,groq,models,llama-3.1-8b,tags",
                "providers.groq.models.openai/gpt-4.1|providers,groq,models,openai/gpt-4.1",
                "providers.groq.models.a.b.price.input|providers,groq,models,a.b,price,input",
                "providers.groq.models.a.b.params.top-k|providers,groq,models,a.b,params,top-k",
                "aliases.fast|aliases,fast"})
    void aKeyIsReadAsAPersonTypesIt(String typed, String parts) {
        assertThat(ConfigKeys.split(typed)).containsExactly(parts.split(","));
        assertThat(ConfigKeys.split(ConfigKeys.join(ConfigKeys.split(typed)))).containsExactly(parts.split(","));
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> ConfigKeys.split("a..b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'a..b' is no key: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            value = {"default-model|a/b|\"a/b\"", "default-model|\"a/b\"|\"a/b\"",
                "defaults.temperature|0.2|0.2", "defaults.max-tokens|1_000|1000", "defaults.stream|false|false",
                "defaults.stream|nope|\"nope\"", "defaults.system|true|\"true\"",
                "providers.x.drop|[\"logprobs\"]|[\"logprobs\"]",
                "providers.x.drop|a, b|[\"a\",\"b\"]", "providers.x.enabled|true|true",
                "providers.x.headers|{ X-A = \"b\" }|{\"X-A\":\"b\"}", "providers.x.headers.X-A|5|\"5\"",
                "providers.x.body.n|5|5",
                "providers.x.body.s|plain words|\"plain words\"", "providers.x.api-version|2024-10-21|\"2024-10-21\"",
                "providers.x.models.m.tags|main,heavy|[\"main\",\"heavy\"]"})
    void aValueIsReadByTheTypeOfItsKey(String key, String typed, String value) {
        assertThat(ConfigKeys.parse(ConfigKeys.split(key), typed)).hasToString(value);
    }

    @Test
    void whatIsShownHoldsNoLiteralKey() {
        var provider = Json.object().put("api-key", "sk-live-0123456789abcdef").put("base-url", "https://host.example")
                .put("headers", Json.object().put("X-Api-Key", "0123456789abcdef0123").build()).build();

        assertThat(ConfigKeys.shown(List.of("providers", "x"), provider)).hasToString(
                "{\"api-key\":\"sk-l…\",\"base-url\":\"https://host.example\",\"headers\":{\"X-Api-Key\":\"0123…\"}}");
        assertThat(ConfigKeys.shown(List.of("providers", "x", "api-key"), Json.of("env:NAME")))
                .isEqualTo(Json.of("env:NAME"));
    }

    /** Walks the schema as a validator would, and notes where values stand. */
    private static void collect(Map<String, Object> root, Map<String, Object> written, String path,
            TreeSet<String> out) {
        var node = resolved(root, written);
        boolean isOpen = node.get("additionalProperties") == null && node.get("properties") == null;
        if (!"object".equals(node.get("type")) || isOpen) {
            out.add(path);
            return;
        }
        if (node.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, below) -> collect(root, cast(below),
                    path.isEmpty() ? (String) name : path + "." + name, out));
        }
        if (node.get("additionalProperties") instanceof Map<?, ?> below) {
            boolean isTextTable = "string".equals(below.get("type"));
            if (isTextTable) {
                out.add(path);
            } else {
                collect(root, cast(below), path + ".*", out);
            }
        }
    }

    private static Map<String, Object> resolved(Map<String, Object> root, Map<String, Object> node) {
        return node.get("$ref") instanceof String ref
                ? cast(cast(root.get("definitions")).get(ref.substring("#/definitions/".length()))) : node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> object(String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return cast(value(parser));
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var out = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    out.put(name, value(parser));
                }
                yield out;
            }
            case START_ARRAY -> {
                var out = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    out.add(value(parser));
                }
                yield out;
            }
            default -> parser.getString();
        };
    }
}
