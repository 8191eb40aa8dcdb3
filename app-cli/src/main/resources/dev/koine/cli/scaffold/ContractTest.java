package {{package}};

import dev.koine.simulator.SimulatedDialect;
import dev.koine.spi.ProviderSpi;
import dev.koine.testkit.DialectContract;
import java.util.Optional;

/** What every dialect must hold, and round trips through Koine's engine to its simulator, which speaks OpenAI's form. */
class {{class}}ContractTest extends DialectContract {

    @Override
    protected ProviderSpi spi() {
        return new {{class}}Provider();
    }

    @Override
    protected Optional<SimulatedDialect> simulated() {
        return Optional.of(SimulatedDialect.OPENAI);
    }
}
