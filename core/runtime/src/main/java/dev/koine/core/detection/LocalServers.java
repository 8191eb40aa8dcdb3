package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.Preset;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds model servers on this machine by asking the usual ports, without a key and without a cost. */
@FunctionalInterface
public interface LocalServers {
    /** Ask on the ports that the presets name; in less than a second. */
    Found find(List<Preset> presets);

    /**
     * What was found.
     *
     * @param servers the servers that answered, by port
     * @param silent the ports on which none did
     */
    record Found(List<Server> servers, List<Integer> silent) {
        public Found {
            servers = List.copyOf(servers);
            silent = List.copyOf(silent);
        }
    }

    /**
     * A server.
     *
     * @param preset the preset whose server it is; empty for one that is only known to have a list of models
     * @param port the port that it listens on
     * @param version its version, where it tells it
     * @param models the models that it offers
     */
    record Server(Optional<Preset> preset, int port, Optional<String> version, List<String> models) {
        public Server {
            requireNonNull(preset, "preset is null");
            requireNonNull(version, "version is null");
            models = List.copyOf(models);
        }

        /** Return its name for a person. */
        public String name() {
            return preset.map(Preset::name).orElse("OpenAI-compatible");
        }

        /** Return its address, without a path. */
        public String url() {
            return "http://localhost:" + port;
        }

        /** Return whether it is where its preset expects it, so that the preset alone leads there. */
        public boolean isAtHome() {
            return preset.filter(found -> (found.baseUrl() + "/").startsWith(url() + "/")).isPresent();
        }
    }

    /** Return one that finds nothing and asks nobody. */
    static LocalServers none() {
        return presets -> new Found(List.of(), List.of());
    }

    /** Return one that asks the loopback addresses of this machine; a port gets 250 ms to connect and 700 ms to answer. */
    static LocalServers onThisMachine() {
        return within(Duration.ofMillis(250), Duration.ofMillis(700));
    }

    /**
     * Return one that asks the loopback addresses of this machine.
     *
     * @param connect how long a port has to take a connection
     * @param answer how long it then has to say who it is, in all
     */
    static LocalServers within(Duration connect, Duration answer) {
        return new Loopback(connect, answer);
    }

    /** Return the presets whose servers can be told by a path, those of a port first. */
    static List<Preset> detectable(List<Preset> presets, int port) {
        return presets.stream().filter(preset -> preset.detect().isPresent())
                .sorted(Comparator.comparing(preset -> !preset.detect().orElseThrow().ports().contains(port))).toList();
    }
}
