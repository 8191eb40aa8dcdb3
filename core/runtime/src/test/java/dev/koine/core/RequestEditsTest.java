package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.core.config.Defaults;
import dev.koine.core.config.ModelSettings;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.json.JsonReader;
import dev.koine.spi.Auth;
import dev.koine.spi.HttpCall;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the user's settings do to a request. */
class RequestEditsTest {
    private static Json.Obj table(String json) {
        return (Json.Obj) JsonReader.read(json.replace('\'', '"')).orElseThrow();
    }

    private static ChatRequest filled(ChatRequest request, String model, String defaults) {
        return RequestEdits.withDefaults(request, new ModelSettings("m", table(model)), new Defaults(table(defaults)));
    }

    private static HttpCall applied(String uri, String body, String provider, String model, RequestEdits.Mended mended,
            String extra, Map<String, String> headers) {
        var call = HttpCall.post(URI.create(uri), new Auth.None(), table(body)).toBuilder().header("X-Dialect", "d")
                .build();
        return RequestEdits.applied(call, ProviderSettings.of("p", table(provider)),
                new ModelSettings("m", table(model)),
                mended, table(extra), headers);
    }

    private static Json body(String body, String provider, String model, String extra) {
        return applied("http://h/x", body, provider, model, RequestEdits.Mended.NOTHING, extra, Map.of()).body()
                .orElseThrow();
    }

    @Test
    void theNearerParameterWins() {
        String model = "{'params':{'temperature':0.2,'max-tokens':20,'top-k':4}}";
        String defaults = "{'temperature':0.1,'max-tokens':10,'seed':7,'top-p':0.5}";
        var open = filled(ChatRequest.of("x"), model, defaults);
        assertThat(open.extra()).isEqualTo(table("{'temperature':0.2,'top_k':4}"));
        assertThat(open.temperature()).isEmpty();
        assertThat(open.maxTokens()).hasValue(20);
        assertThat(open.seed()).hasValue(7);
        assertThat(open.topP()).hasValue(0.5);
        var given = filled(ChatRequest.builder().user("x").temperature(0.9).maxTokens(3).seed(1)
                .extra(table("{'top_k':9}")).build(), model, defaults);
        assertThat(given.temperature()).hasValue(0.9);
        assertThat(given.maxTokens()).hasValue(3);
        assertThat(given.seed()).hasValue(1);
        assertThat(given.extra()).isEqualTo(table("{'top_k':9}"));
    }

    @Test
    void withoutSettingsARequestStaysAsItIs() {
        var request = ChatRequest.of("x");
        assertThat(filled(request, "{}", "{}")).isEqualTo(request);
    }

    @Test
    void aTokenLimitBeyondTheTypeIsTheLargestOfTheType() {
        assertThat(filled(ChatRequest.of("x"), "{}", "{'max-tokens':9999999999}").maxTokens())
                .hasValue(Integer.MAX_VALUE);
    }

    @Test
    void fieldsOfTheBodyAddUpTheNearerOnTop() {
        assertThat(body("{'model':'m','a':1}", "{'body':{'a':2,'b':2,'c':2}}", "{'body':{'b':3,'c':3}}", "{'c':4}"))
                .isEqualTo(table("{'model':'m','a':2,'b':3,'c':4}"));
    }

    @Test
    void fieldsAreRenamedThenLeftOut() {
        assertThat(body("{'a':1,'b':2,'c':3,'d':4}", "{'rename':{'a':'x','b':'y'},'drop':['c']}",
                "{'rename':{'a':'z'},'drop':['d']}", "{}")).isEqualTo(table("{'z':1,'y':2}"));
    }

    @Test
    void whatARejectionTaughtComesLast() {
        var mended = new RequestEdits.Mended(List.of("b"), Map.of("a", "q"));
        assertThat(applied("http://h/x", "{'a':1,'b':2}", "{'rename':{'a':'x'}}", "{}", mended, "{}", Map.of()).body())
                .contains(table("{'q':1}"));
    }

    @Test
    void headersAreOneWhateverTheirCase() {
        var call = applied("http://h/x", "{}", "{'headers':{'x-dialect':'p','X-P':'p'}}", "{}",
                RequestEdits.Mended.NOTHING, "{}",
                Map.of("x-p", "call"));
        assertThat(call.headers()).isEqualTo(Map.of("x-dialect", "p", "x-p", "call"));
    }

    @Test
    void theUsersQueryTakesThePlaceOfTheDialects() {
        var call = applied("http://h/x?api-version=1&y=2", "{}", "{'query':{'api-version':'9','a b':'c&d'}}", "{}",
                RequestEdits.Mended.NOTHING, "{}", Map.of());
        assertThat(call.uri()).hasToString("http://h/x?api-version=9&y=2&a%20b=c%26d");
    }

    @Test
    void aListIsAskedWithTheUsersHeadersAndQuery() {
        var call = RequestEdits.headersAndQuery(HttpCall.get(URI.create("http://h/models"), new Auth.None()),
                ProviderSettings.of("p", table("{'headers':{'A':'1'},'query':{'q':'2'},'body':{'z':1}}")));
        assertThat(call)
                .isEqualTo(new HttpCall("GET", URI.create("http://h/models?q=2"), Map.of("A", "1"), new Auth.None(),
                        java.util.Optional.empty()));
    }
}
