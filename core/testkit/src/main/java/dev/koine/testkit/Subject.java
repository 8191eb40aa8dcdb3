package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.Origin;
import dev.koine.spi.Provider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.spi.SecretRef;
import java.util.List;

/** The dialect under test, as its author describes it. */
record Subject(DialectContract contract) {
    static final String KEY_VARIABLE = "KOINE_CONTRACT_KEY";
    static final SecretRef KEY = new SecretRef("env:" + KEY_VARIABLE);

    /** Return whether the dialect does this, by its author's word. */
    boolean does(Behavior behavior) {
        return contract.supports(behavior) && behavior.needs().stream().allMatch(this::does);
    }

    ProviderSpi spi() {
        return given("spi()", contract::spi);
    }

    /** Return the author's configuration, with a key. */
    ProviderConfig config() {
        return given("config()", contract::config).toBuilder().apiKey(KEY).build();
    }

    /** Return the author's configuration for an endpoint on another origin. */
    ProviderConfig config(Origin other) {
        var config = config();
        return config.baseUrl().map(base -> config.toBuilder()
                .baseUrl(new BaseUrl(other, base.segments(), base.query(), base.isExact())).build()).orElse(config);
    }

    /** Return the origin that the author's configuration names. */
    Origin origin() {
        return config().baseUrl().orElseThrow(
                () -> new org.opentest4j.AssertionFailedError(
                        "config() has no base URL; a dialect over HTTP needs one"))
                .origin();
    }

    /** Return a fresh provider of this configuration. */
    Provider create(ProviderConfig config) {
        return given("create(config())", () -> spi().create(config));
    }

    /** Return a fresh dialect; the rule does not concern a direct provider. */
    HttpDialect http() {
        return http(config());
    }

    HttpDialect http(ProviderConfig config) {
        assumeTrue(does(Behavior.HTTP), "a direct provider has no requests");
        return create(config) instanceof HttpDialect dialect ? dialect
                : fail("create gave no HttpDialect; say so in supports(HTTP)");
    }

    List<Sample> samples() {
        var samples = given("samples()", contract::samples);
        require(samples.stream().allMatch(sample -> sample.stream().isPresent() || !does(Behavior.STREAMING)),
                "a sample has no stream; a dialect that streams needs one, else say so in supports(STREAMING)");
        return samples;
    }
}
