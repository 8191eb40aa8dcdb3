package dev.koine.benchmarks;

import dev.koine.openai.wire.OpenAiDialect;
import dev.koine.openai.wire.Routes;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ProviderConfig;

/** The dialect under test. */
final class Endpoint {
    private static final BaseUrl BASE = BaseUrl.parse("http://127.0.0.1:1/v1");

    private Endpoint() {}

    static HttpDialect dialect() {
        return OpenAiDialect.create(ProviderConfig.builder("bench").baseUrl(BASE).build(), Routes.at(BASE),
                new AuthStyle.Bearer());
    }
}
