package dev.koine.cli.command;

import dev.koine.cli.terminal.Shell;
import dev.koine.core.detection.LocalServers;
import dev.koine.core.dialect.Preset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What someone who configured nothing could use: servers on this machine, and keys in the environment. Offers, no more. */
public final class Alternatives {
    private final LocalServers.Found found;
    private final List<Key> keys;

    /** A key in the environment that a preset knows. */
    public record Key(Preset preset, String variable) {
        /** Return how it is put to use: asked at once, or added where its address has to be filled in first. */
        public String use() {
            return isWhole() ? "-m " + preset.id() + "/…" : command();
        }

        private String command() {
            return isWhole() ? ask(preset.id() + "/MODEL") : "koine providers add " + preset.id();
        }

        private boolean isWhole() {
            return !preset.baseUrl().contains("{");
        }
    }

    public Alternatives(Context context) {
        List<Preset> presets = context.koine().presets().all();
        found = context.surroundings().localServers().find(presets);
        var first = new LinkedHashMap<String, Key>();
        presets.stream().flatMap(preset -> key(context, preset).stream())
                .forEach(key -> first.putIfAbsent(key.variable(), key));
        keys = List.copyOf(first.values());
    }

    private static Optional<Key> key(Context context, Preset preset) {
        return preset.keyEnv().stream().filter(name -> context.surroundings().variable(name).isPresent()).findFirst()
                .map(name -> new Key(preset, name));
    }

    public LocalServers.Found servers() {
        return found;
    }

    public List<Key> keys() {
        return keys;
    }

    /** Return a sentence for each, with its command. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        found.servers().forEach(server -> lines.add(server.name() + " runs here on port " + server.port()
                + ": " + ask(server)));
        keys.forEach(key -> lines.add(key.variable() + " is set: " + key.command()));
        return lines;
    }

    /** Return the commands alone. */
    public List<String> commands() {
        return Stream.concat(found.servers().stream().map(Alternatives::ask),
                keys.stream().map(Key::command)).toList();
    }

    /** Return the command that saves a server. */
    public static String add(LocalServers.Server server) {
        return "koine providers add " + (server.isAtHome() ? server.preset().orElseThrow().id() : server.url());
    }

    private static String ask(LocalServers.Server server) {
        String model = server.models().stream().findFirst().orElse("MODEL");
        return server.isAtHome() ? ask(server.preset().orElseThrow().id() + "/" + model)
                : "koine ask --url " + server.url() + " -m " + Shell.word(model) + " …";
    }

    private static String ask(String reference) {
        return "koine ask -m " + Shell.word(reference) + " …";
    }
}
