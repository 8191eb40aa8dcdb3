package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.api.ChatRequest;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a dialect makes of configurations and URLs. */
final class ConfigurationRules {
    private static final List<String> URLS = List.of("https://api.example.com", "https://api.example.com/v1",
            "http://localhost:8080", "http://[::1]:9000/v1/chat/completions", "https://gw.example.com/a/b%2Fc?x=1",
            "https://xn--bcher-kva.example/openai/deployments/x?api-version=2024-10-21",
            "https://a.very.long.host.name.example.com/" + "s/".repeat(100) + "v2");
    private static final List<String> SILENT = List.of("https://api.example.com", "https://api.example.com/v1",
            "https://gw.example.com/team/a");
    private static final List<String> KEYS = List.of("base-url", "api-path", "deployment", "api-version", "auth",
            "api-key", "resource", "options", "quirks");

    private final Subject subject;

    ConfigurationRules(Subject subject) {
        this.subject = subject;
    }

    void aProviderIsMadeOfTheConfiguration() {
        var provider = subject.create(subject.config());
        boolean http = subject.does(Behavior.HTTP);
        require(http == provider instanceof HttpDialect, http
                ? "create gave no HttpDialect; say so in supports(HTTP)"
                : "create gave an HttpDialect although supports(HTTP) is false");
        if (provider instanceof DirectProvider direct) {
            Verdict.made("close()", direct::close);
        }
        var notices = given("notices(config())", () -> subject.spi().notices(subject.config()));
        for (String notice : notices) {
            require(notice.lines().count() == 1 && !notice.isBlank() && !notice.endsWith("."),
                    "a notice is no sentence in one line without a full stop: '" + notice + "'");
        }
    }

    void aConfigurationThatCannotWorkIsNamed() {
        configurations().forEach((what, config) -> {
            try {
                use(what, config);
            } catch (ConfigurationException e) {
                check(what, e);
            } catch (RuntimeException | LinkageError e) {
                throw Verdict.thrown("create with " + what, e);
            }
        });
    }

    /** A dialect may find out when it is made, or when the first request is encoded. */
    private void use(String what, ProviderConfig config) {
        switch (subject.spi().create(config)) {
            case null -> fail("create with " + what + " gave null");
            case HttpDialect dialect -> dialect.chat(ModelTarget.of("m"), ChatRequest.of("Hello"));
            case DirectProvider direct -> direct.close();
        }
    }

    private static void check(String what, ConfigurationException refusal) {
        String field = refusal.field();
        require(KEYS.stream().anyMatch(key -> field.equals(key) || field.startsWith(key + ".")),
                "create with " + what + " names '" + field + "', which is no key of the configuration");
        String message = refusal.getMessage();
        require(message != null && !message.isBlank() && message.lines().count() == 1,
                "create with " + what + " does not say in one line what is wrong");
    }

    private Map<String, ProviderConfig> configurations() {
        var good = subject.config();
        var bare = ProviderConfig.builder("contract").options(good.options()).build();
        var all = new LinkedHashMap<String, ProviderConfig>();
        all.put("nothing but options", bare);
        all.put("a base URL alone", bare.toBuilder().baseUrl("https://api.example.com").build());
        all.put("api-path", good.toBuilder().apiPath("/v9").build());
        all.put("deployment", good.toBuilder().deployment("a b").build());
        all.put("api-version", good.toBuilder().apiVersion("2030-01-01").build());
        all.put("a pasted operation", good.toBuilder().baseUrl("https://api.example.com/v1/chat/completions").build());
        all.put("a query", good.toBuilder().baseUrl("https://api.example.com/?a=b").build());
        for (var style : List.of(new AuthStyle.None(), new AuthStyle.Bearer(), new AuthStyle.Header("x-key"),
                new AuthStyle.Query("key"))) {
            all.put("auth " + style, good.toBuilder().authStyle(style).build());
        }
        return all;
    }

    void anyUrlIsJudgedAlike() {
        for (String url : URLS) {
            var base = BaseUrl.parse(url);
            var claim = given("recognise(" + url + ")", () -> subject.spi().recognise(base));
            require(claim.equals(subject.spi().recognise(base)),
                    "recognise(" + url + ") gives another claim each time");
            claim.ifPresent(made -> require(!made.reason().isBlank() && made.reason().lines().count() == 1,
                    "the claim to " + url + " gives no reason in one line"));
        }
    }

    void aUrlThatSaysNothingIsNotClaimed() {
        assumeTrue(subject.does(Behavior.PLUGIN), "Koine's own dialects may stand in for all others");
        for (String url : SILENT) {
            require(given("recognise(" + url + ")", () -> subject.spi().recognise(BaseUrl.parse(url))).isEmpty(),
                    "it claims " + url + ", about which nothing is known: Koine's own dialects would be tied with it");
        }
    }
}
