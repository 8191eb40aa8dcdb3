package dev.koine.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.PresetText;
import dev.koine.core.json.JsonReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data that say which answers mean what: who names more has the say, and what is wrong is told exactly. */
class SignaturesTest {
    private static final String REST = "\nsays = \"x\"\nsource = \"s\"\nas-of = \"2026-11-22\"\n";

    private static PresetText file(String owner, String... lines) {
        return new PresetText(owner, Path.of(owner + ".jar"), "schema-version = 1\n" + String.join("\n", lines));
    }

    private static Signatures of(String... lines) {
        return Signatures.of(List.of(file("acme", lines)));
    }

    private static Answer answer(Asked asked, int status, String body) {
        return new Answer(asked, status, Map.of("content-type", List.of("Application/JSON; charset=utf-8")), body,
                JsonReader.read(body));
    }

    private static List<String> proved(Signatures signatures, Answer answer) {
        return signatures.matching(answer).stream().map(Signature::id).toList();
    }

    @Test
    void theSignatureThatNamesMostComesFirst() {
        var signatures = of("[signatures.a]\nstatus = [404]\nverdict = \"route\"" + REST,
                "[signatures.b]\nstatus = [404]\nbody = 'gone'\nverdict = \"model\"" + REST,
                "[signatures.c]\nstatus = [401]\nverdict = \"auth\"" + REST);
        assertThat(signatures.problems()).isEmpty();
        assertThat(proved(signatures, answer(Asked.CHAT, 404, "it is GONE"))).containsExactly("b", "a");
        assertThat(signatures.verdict(answer(Asked.CHAT, 404, "it is gone"))).contains(Verdict.MODEL);
        assertThat(signatures.verdict(answer(Asked.CHAT, 404, "?"))).contains(Verdict.ROUTE);
        assertThat(signatures.verdict(answer(Asked.CHAT, 500, "?"))).isEmpty();
    }

    @Test
    void everyConditionMustHold() {
        var signatures = of("""
                [signatures.a]
                asked = ["models"]
                status = [200]
                type = "json"
                headers = { Content-Type = 'charset=utf-8' }
                json = { "data[].owner" = '^acme$', "count" = "2" }
                lacks = ["error"]
                service = "acme" """ + REST);
        assertThat(signatures.problems()).isEmpty();
        String good = "{\"data\":[{\"owner\":\"x\"},{\"owner\":\"acme\"}],\"count\":2}";
        assertThat(proved(signatures, answer(Asked.MODELS, 200, good))).containsExactly("a");
        assertThat(proved(signatures, answer(Asked.CHAT, 200, good))).isEmpty();
        assertThat(proved(signatures, answer(Asked.MODELS, 201, good))).isEmpty();
        assertThat(proved(signatures, answer(Asked.MODELS, 200, good.replace("acme", "acmes")))).isEmpty();
        assertThat(proved(signatures, answer(Asked.MODELS, 200, good.replace("\"count\"", "\"error\":1,\"count\""))))
                .isEmpty();
        assertThat(proved(signatures, answer(Asked.MODELS, 200, "no json"))).isEmpty();
    }

    @Test
    void anArrayAndAnEmptyBodyCanBeNamed() {
        var signatures = of("[signatures.a]\njson = { \"[].id\" = \"\" }\nverdict = \"works\"" + REST,
                "[signatures.b]\nempty = true\nstatus = [404]\nverdict = \"route\"" + REST);
        assertThat(proved(signatures, answer(Asked.MODELS, 200, "[{\"id\":\"m\"}]"))).containsExactly("a");
        assertThat(proved(signatures, answer(Asked.MODELS, 404, " "))).containsExactly("b");
    }

    @Test
    void anotherJarAddsAndDoesNotTakeAway() {
        var first = file("own", "[signatures.a]\nstatus = [404]\nverdict = \"route\"" + REST);
        var second = file("plugin", "[signatures.a]\nstatus = [404]\nverdict = \"works\"" + REST,
                "[signatures.b]\nstatus = [404]\nbody = 'acme'\nservice = \"acme\"" + REST);
        var signatures = Signatures.of(List.of(first, second));
        assertThat(signatures.all()).extracting(Signature::owner).containsExactly("own", "plugin");
        assertThat(signatures.problems()).extracting(DialectProblem::message)
                .containsExactly("detection.toml of plugin: signatures.a is known already; the first is used");
        assertThat(proved(signatures, answer(Asked.CHAT, 404, "acme"))).containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [signatures.a]§status = [404]§verdict = "rout" | signatures.a has an unknown verdict 'rout'
            [signatures.a]§status = [404] | signatures.a proves nothing: it has neither verdict nor service, dialect or auth
            [signatures.a]§verdict = "route" | signatures.a would be proved by any answer: it has no condition
            [signatures.a]§status = [999]§verdict = "route" | signatures.a has a status that is none: 999
            [signatures.a]§body = '('§verdict = "route" | signatures.a has a pattern that cannot be read: ( (Unclosed group)
            [signatures.a]§json = { "a..b" = "" }§verdict = "route" | signatures.a has no usable place 'a..b'
            [signatures.a]§asked = ["tea"]§verdict = "route" | signatures.a has an unknown 'asked': tea
            [signatures.a]§status = [401]§auth = "cookie" | signatures.a has an unknown way of a key 'cookie'
            [signatures.a]§status = [401]§verdict = "auth"§weight = 3 | signatures.a has an unknown key 'weight'
            [signatures.A]§status = [401]§verdict = "auth" | signatures.A is no id: lower-case letters, digits, dashes
            [endpoints.x]§bases = ["https://a.example"]§as = 1 | endpoints.x has an unknown key 'as'
            """)
    void whatCannotBeUnderstoodIsToldAndSpoilsNoOther(String lines, String message) {
        boolean signature = lines.startsWith("[signatures");
        var signatures = of(lines.replace('§', '\n') + (signature ? REST : ""),
                "[signatures.good]\nstatus = [404]\nverdict = \"route\"" + REST);
        assertThat(signatures.problems()).extracting(DialectProblem::message)
                .containsExactly("detection.toml of acme: " + message);
        assertThat(signatures.all()).extracting(Signature::id).containsExactly("good");
    }

    @Test
    void aBaseMustStayOnTheOrigin() {
        assertThat(of("[endpoints.x]\nbases = [\"https://a.example\"]").problems()).extracting(DialectProblem::message)
                .containsExactly(
                        "detection.toml of acme: endpoints.x has a base 'https://a.example' that does not begin"
                                + " with {base}, {parent} or {origin}");
        assertThat(of("[endpoints.x]\nbases = []").problems()).extracting(DialectProblem::message)
                .containsExactly("detection.toml of acme: endpoints.x has no 'bases'");
    }

    @Test
    void aFileOfAnotherSchemaIsLeftOut() {
        var signatures = Signatures.of(List.of(new PresetText("acme", Path.of("acme.jar"), "schema-version = 2\n"),
                new PresetText("torn", Path.of("torn.jar"), "schema-version = [\n")));
        assertThat(signatures.problems()).hasSize(2);
        assertThat(signatures.problems().getFirst().message()).isEqualTo("detection.toml of acme: it has no"
                + " 'schema-version = 1', the only one that this Koine reads");
        assertThat(signatures.problems().getLast().message())
                .startsWith("detection.toml of torn: it cannot be read: line ");
    }

    @Test
    void whatHasADateHasADay() {
        var lines = of(Arrays.asList("[signatures.a]", "status = [404]", "verdict = \"route\"", "says = \"x\"",
                "source = \"s\"", "as-of = \"yesterday\"").toArray(String[]::new));
        assertThat(lines.problems()).extracting(DialectProblem::message).containsExactly(
                "detection.toml of acme: signatures.a has an 'as-of' that is no day (YYYY-MM-DD): yesterday");
    }
}
