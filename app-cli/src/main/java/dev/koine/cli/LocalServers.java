package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.Json;
import dev.koine.core.dialect.Preset;
import dev.koine.core.json.JsonReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Finds model servers on this machine by asking the usual ports, without a key and without a cost. */
interface LocalServers {
    /** Ask those that the presets describe. */
    Found find(List<Preset> presets);

    /**
     * What was found.
     *
     * @param servers the servers that answered
     * @param silent the ports that did not
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
     * @param preset the preset that describes it
     * @param port the port that it listens on
     * @param models the models that it offers
     */
    record Server(Preset preset, int port, List<String> models) {
        public Server {
            models = List.copyOf(models);
        }

        /** Return the reference of its first model, or empty when it has none loaded. */
        Optional<String> reference() {
            return models.stream().findFirst().map(model -> preset.id() + "/" + model);
        }
    }

    /** Return one that finds nothing and asks nobody. */
    static LocalServers none() {
        return presets -> new Found(List.of(), List.of());
    }

    /** Return one that asks the loopback ports. */
    static LocalServers onThisMachine() {
        return LocalServers::ask;
    }

    private static Found ask(List<Preset> presets) {
        List<Preset> local = presets.stream().filter(preset -> preset.detect().isPresent()).toList();
        Set<Integer> ports = new LinkedHashSet<>();
        local.forEach(preset -> ports.addAll(preset.detect().orElseThrow().ports()));
        Executor threads = task -> Thread.ofPlatform().daemon().start(task);
        List<CompletableFuture<Optional<Server>>> asked = ports.stream().sorted()
                .map(port -> CompletableFuture.supplyAsync(() -> at(port, local), threads)).toList();
        var servers = new ArrayList<Server>();
        var silent = new ArrayList<Integer>();
        List<Integer> sorted = ports.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            Optional<Server> server = asked.get(i).join();
            server.ifPresent(servers::add);
            if (server.isEmpty()) {
                silent.add(sorted.get(i));
            }
        }
        return new Found(servers, silent);
    }

    private static Optional<Server> at(int port, List<Preset> presets) {
        for (Preset preset : presets) {
            Preset.Detect detect = preset.detect().orElseThrow();
            if (detect.ports().contains(port)) {
                Optional<Json> answer = get(port, detect.path());
                if (answer.isPresent() && detect.json().map(member -> has(answer.get(), member)).orElse(true)) {
                    return Optional.of(new Server(preset, port, models(get(port, "/v1/models"))));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean has(Json answer, String member) {
        return answer instanceof Json.Obj object && object.get(member).isPresent();
    }

    private static List<String> models(Optional<Json> answer) {
        return answer.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast).stream()
                .flatMap(object -> object.list("data").stream())
                .flatMap(entry -> entry instanceof Json.Obj model ? model.text("id").stream()
                        : Optional.<String>empty().stream())
                .toList();
    }

    private static Optional<Json> get(int port, String path) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL()
                    .openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(250);
            connection.setReadTimeout(700);
            connection.setInstanceFollowRedirects(false);
            try (var in = connection.getInputStream()) {
                return JsonReader.read(new String(in.readNBytes(1 << 20), UTF_8));
            } finally {
                connection.disconnect();
            }
        } catch (IOException | RuntimeException e) {
            // Whoever does not answer is no server of ours; what is wrong there is not ours to say.
            return Optional.empty();
        }
    }
}
