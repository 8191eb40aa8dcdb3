package dev.koine.cli.command;

import dev.koine.cli.terminal.Redaction;
import dev.koine.cli.terminal.Surroundings;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;

/** The engine of one command, with the simulator that it brings along. Apart from the context, so that help loads none of it. */
final class Engine implements AutoCloseable {
    private final Koine koine;
    private final Simulation simulation;

    private Engine(Koine koine, Simulation simulation) {
        this.koine = koine;
        this.simulation = simulation;
    }

    /** Open it as the global options say; what goes out passes its redactor from now on. */
    static Engine open(Surroundings surroundings, Globals globals, Redaction redaction) {
        var simulation = new Simulation();
        KoinePaths paths = surroundings.paths();
        var options = KoineOptions.builder().env(surroundings.env()).directory(surroundings.directory())
                .paths(globals.config().map(file -> paths.withConfigFile(surroundings.directory().resolve(file)))
                        .orElse(paths))
                .offline(globals.offline() || surroundings.variable("KOINE_OFFLINE").isPresent())
                .attach(simulation.provider());
        globals.plugins().forEach(folder -> options.pluginFolder(surroundings.directory().resolve(folder)));
        surroundings.distribution().map(folder -> folder.resolve("plugins")).ifPresent(options::pluginFolder);
        Koine koine = Koine.open(options.build());
        redaction.use(text -> koine.redactor().redact(text));
        return new Engine(koine, simulation);
    }

    Koine koine() {
        return koine;
    }

    @Override
    public void close() {
        koine.close();
        simulation.close();
    }
}
