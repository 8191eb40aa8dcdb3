package dev.koine.cli.command;

import dev.koine.api.Json;
import dev.koine.core.registry.AttachedProvider;
import dev.koine.simulator.SimulatedDialect;
import dev.koine.simulator.Simulator;
import dev.koine.simulator.Topic;
import java.util.List;
import java.util.Optional;

/** The provider {@code sim}: always there, and started by the first request that goes to it. */
public final class Simulation implements AutoCloseable {
    public static final String ID = "sim";
    public static final String TUTOR = "sim/tutor";
    public static final List<
            String> MODELS = List.of("echo", "slow", "flaky", "markdown", "tutor", "tools", "reasoner");

    private Optional<Simulator> running = Optional.empty();

    /** Return it as a provider for the engine. */
    AttachedProvider provider() {
        return new AttachedProvider(ID, "the simulator", MODELS, this::table);
    }

    private Json.Obj table() {
        return Json.object().put("base-url", simulator().base(SimulatedDialect.OPENAI).toString())
                .put("dialect", SimulatedDialect.OPENAI.id()).build();
    }

    private synchronized Simulator simulator() {
        Simulator simulator = running.orElseGet(() -> Simulator.builder().topics(topics()).start());
        running = Optional.of(simulator);
        return simulator;
    }

    private static List<Topic> topics() {
        return HelpTopic.all().stream().map(topic -> new Topic(topic.title(), topic.text())).toList();
    }

    @Override
    public synchronized void close() {
        running.ifPresent(Simulator::close);
    }
}
