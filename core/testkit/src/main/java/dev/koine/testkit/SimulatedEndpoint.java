package dev.koine.testkit;

import dev.koine.simulator.Fault;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import dev.koine.spi.Origin;

/** The simulator. */
final class SimulatedEndpoint implements Endpoint {
    private static final int EVENTS = 3;

    private final SimulatedDialect dialect;
    private final Simulator simulator;

    SimulatedEndpoint(SimulatedDialect dialect, boolean keyed) {
        this.dialect = dialect;
        var builder = Simulator.builder();
        simulator = (keyed ? builder.key(KEY) : builder).start();
    }

    @Override
    public Origin origin() {
        return Origin.of(simulator.origin(dialect));
    }

    @Override
    public void stallNext() {
        simulator.script(Fault.stallAfter(EVENTS));
    }

    @Override
    public void cutNext() {
        simulator.script(Fault.cutAfter(EVENTS));
    }

    @Override
    public String toolModel() {
        return "tools";
    }

    @Override
    public boolean hasModelList() {
        // It is Perplexity's way, which has none.
        return dialect != SimulatedDialect.OPENAI_BARE;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
