package dev.koine.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void compactFormIsUtf8() {
        assertThat(JsonWriter.bytes(Json.object().put("ä", "€").build()))
                .isEqualTo("{\"ä\":\"€\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void prettyFormHasOneMemberPerLine() {
        var value = JsonReader.read("{\"a\":[1,{\"b\":\"c\\n\"}],\"d\":{},\"e\":[]}").orElseThrow();
        assertThat(JsonWriter.pretty(value)).isEqualTo("""
                {
                  "a": [
                    1,
                    {
                      "b": "c\\n"
                    }
                  ],
                  "d": {},
                  "e": []
                }""");
        assertThat(JsonReader.read(JsonWriter.pretty(value))).contains(value);
    }
}
