package {{package}};

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.DialectContract;
import java.util.Optional;

/** What every dialect must hold, and round trips through Koine's engine to its simulator. */
class {{class}}ContractTest extends DialectContract {

    @Override
    protected ProviderSpi spi() {
        return new {{class}}Provider();
    }

    /** The simulator takes keys as OpenAI does; a user's own setting wins over the dialect's header. */
    @Override
    protected ProviderConfig config() {
        return ProviderConfig.builder("{{id}}").baseUrl("https://api.{{id}}.example").authStyle(new AuthStyle.Bearer())
                .build();
    }

    @Override
    protected Optional<SimulatedDialect> simulated() {
        return Optional.of(SimulatedDialect.OPENAI);
    }
}
