package dev.koine.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import dev.koine.cli.HomeFiles;
import dev.koine.cli.ShownCommand;
import dev.koine.cli.providers.StandIn.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every situation of every service: the test names the setting that is at fault and a command, and when the command was run,
 * the next test passes. The answers are written by hand, and once more as recorded where there is a recording.
 */
@Timeout(60)
class TroubleshootingTest {
    private static final String WRONG_KEY = "wrong-key-9876543210fedcba";

    @TempDir static Path certificates;

    private static TlsKeys keys;

    @TempDir Path home;

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException {
        keys = TlsKeys.in(certificates).sign("good", "ip:127.0.0.1,dns:localhost");
    }

    static Stream<Arguments> cells() {
        var written = Services.all().stream().flatMap(service -> Stream.of(Situation.values())
                .filter(situation -> situation.field(service).isPresent())
                .map(situation -> Arguments.of(service.id(), situation, service)));
        var recorded = RecordedServices.cases().stream().flatMap(found -> found
                .service(RecordedServices.corpus().orElseThrow())
                .map(service -> Arguments.of(service.id(), found.situation(), service)));
        return Stream.concat(written, recorded);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    void theFieldIsNamedAndTheCommandMendsIt(String id, Situation situation, ServiceFacts service)
            throws IOException, GeneralSecurityException {
        ServerSocketFactory sockets = situation == Situation.TLS ? keys.sockets("good")
                : ServerSocketFactory.getDefault();
        try (var server = new StandIn(service, manner(situation), sockets)) {
            HomeFiles.config(home, config(situation, service, server));
            Json.Obj error = error(test(situation, id));
            assertThat(error.text("field")).as(error.toString()).isEqualTo(situation.field(service));
            assertThat(error.text("why")).as(error.toString()).isPresent();
            assertThat(server.completions()).hasSizeLessThanOrEqualTo(2);
            int before = server.completions().size();
            mend(error, service);
            Ran again = test(Situation.TLS, id);
            assertThat(again.exit()).as(error + "\n" + again.out() + HomeFiles.config(home)).isZero();
            assertThat(server.completions().size() - before).isBetween(1, 2);
        }
    }

    private static Manner manner(Situation situation) {
        return switch (situation) {
            case HTML -> Manner.SITE;
            case EMPTY -> Manner.EMPTY_STREAM;
            default -> Manner.USUAL;
        };
    }

    private static String config(Situation situation, ServiceFacts service, StandIn server) {
        String origin = "http://127.0.0.1:" + server.port();
        String model = "default-model = \"" + service.model() + "\"\n";
        return switch (situation) {
            case WRONG_PATH, HTML -> service.settings(origin + service.strayBase(), service.strayDialect()) + model;
            case WRONG_VERSION -> (service.apiVersions().isEmpty()
                    ? service.settings(origin + outdated(service.base()), service.dialect())
                    : service.settings(origin) + "api-version = \"2029-01-01\"\n") + model;
            case WRONG_KEY, EMPTY -> service.settings(origin) + model;
            case WRONG_MODEL -> (service.base().contains("/deployments/")
                    ? service.settings(origin, service.dialect()) : service.settings(origin))
                    + "default-model = \"" + service.model() + "x\"\n";
            case PROXY -> service.settings(origin) + "proxy = \"http://127.0.0.1:9\"\n" + model;
            case TLS -> service.settings("https://127.0.0.1:" + server.port()) + model;
        };
    }

    private static String outdated(String base) {
        return base.matches(".*/v\\d.*") ? base.replaceFirst("/v\\d+", "/v9") : base + "/v9";
    }

    private Ran test(Situation situation, String id) {
        Ran ran = CliRun.in(home).env("SERVICE_KEY", situation == Situation.WRONG_KEY ? WRONG_KEY : StandIn.KEY)
                .run("providers", "test", id, "--json");
        assertThat(ran.out() + ran.err()).doesNotContain(StandIn.KEY, WRONG_KEY);
        return ran;
    }

    private static Json.Obj error(Ran ran) {
        assertThat(ran.exit()).as(ran.out()).isEqualTo(1);
        return ((Json.Obj) ran.json().list("providers").getFirst()).list("stages").stream()
                .flatMap(stage -> ((Json.Obj) stage).object("error").stream()).findFirst().orElseThrow();
    }

    /** Type the first command, with what only a person knows in place of the words in capitals. */
    private void mend(Json.Obj error, ServiceFacts service) {
        String line = error.list("fix").stream().map(fix -> ((Json.Str) fix).value())
                .filter(fix -> fix.startsWith("koine ")).findFirst().orElse("no command: " + error);
        for (var known : Map.of("MODEL", service.model(), "NAME", service.model(), "FILE",
                keys.authority().toString()).entrySet()) {
            line = line.replaceFirst("\\b" + known.getKey() + "$", known.getValue());
        }
        for (String command : line.split(" && ")) {
            List<String> words = new ShownCommand("the report", 1, command.replaceFirst("^koine ", ""), false).words();
            Ran ran = CliRun.in(home).typing(StandIn.KEY).run(words.toArray(String[]::new));
            assertThat(ran.exit()).as(command + "\n" + ran.err()).isZero();
        }
    }
}
