package dev.koine.core.detection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.core.dialect.Preset;
import dev.koine.core.json.JsonReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the ports of the loopback addresses, all at once, and waits for none longer than its limits. By the JDK's own client: this runs in the bare status, before anything of the engine's transport is loaded.
 */
final class Loopback implements LocalServers {
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "[::1]");
    private static final String MODELS = "/v1/models";
    private static final int BYTES = 1 << 20;

    private final Duration connect;
    private final Duration answer;

    Loopback(Duration connect, Duration answer) {
        this.connect = requireNonNull(connect, "connect is null");
        this.answer = requireNonNull(answer, "answer is null");
    }

    @Override
    public Found find(List<Preset> presets) {
        List<Integer> ports = LocalServers.detectable(presets, 0).stream()
                .flatMap(preset -> preset.detect().orElseThrow().ports().stream()).distinct().sorted().toList();
        Executor threads = task -> Thread.ofPlatform().daemon().name("koine-discover").start(task);
        var asked = ports.stream().map(port -> ADDRESSES.stream().map(address -> CompletableFuture
                .supplyAsync(() -> new Port(address, port).server(LocalServers.detectable(presets, port)), threads)
                .completeOnTimeout(Optional.empty(), connect.plus(answer).toMillis(), TimeUnit.MILLISECONDS)).toList())
                .toList();
        var servers = new ArrayList<Server>();
        var silent = new ArrayList<Integer>();
        for (int i = 0; i < ports.size(); i++) {
            var found = asked.get(i).stream().flatMap(future -> future.join().stream()).toList();
            // Most servers are at both addresses; the one of which more is known stands for them.
            var best = found.stream().filter(server -> server.preset().isPresent()).findFirst()
                    .or(() -> found.stream().findFirst());
            best.ifPresentOrElse(servers::add, () -> {});
            if (best.isEmpty()) {
                silent.add(ports.get(i));
            }
        }
        return new Found(servers, silent);
    }

    /** A port of an address, asked by one thread. */
    private final class Port {
        private final String address;
        private final int port;
        private long end;

        Port(String address, int port) {
            this.address = address;
            this.port = port;
        }

        Optional<Server> server(List<Preset> presets) {
            if (!isOpen()) {
                return Optional.empty();
            }
            end = System.nanoTime() + answer.toNanos();
            for (var preset : presets) {
                var detect = preset.detect().orElseThrow();
                var said = get(detect.path());
                if (said.filter(text -> detect.recognises(text, JsonReader.read(text))).isPresent()) {
                    return Optional.of(new Server(Optional.of(preset), port,
                            detect.versionIn(said.flatMap(JsonReader::read)), models().orElse(List.of())));
                }
            }
            return models().map(models -> new Server(Optional.empty(), port, Optional.empty(), models));
        }

        private boolean isOpen() {
            try (var socket = new Socket(Proxy.NO_PROXY)) {
                socket.connect(new InetSocketAddress(address.replaceAll("[\\[\\]]", ""), port),
                        (int) connect.toMillis());
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private Optional<List<String>> models() {
            return get(MODELS).flatMap(JsonReader::read).flatMap(list -> switch (list) {
                case Json.Obj object when object.get("data")
                        .orElse(Json.NULL) instanceof Json.Arr(List<Json> items) -> Optional.of(ids(items));
                case Json.Arr(List<Json> items) -> Optional.of(ids(items));
                default -> Optional.empty();
            });
        }

        private List<String> ids(List<Json> items) {
            return items.stream().filter(Json.Obj.class::isInstance)
                    .flatMap(item -> ((Json.Obj) item).text("id").stream())
                    .toList();
        }

        /** Return the body of a good answer; empty where there was none in time. */
        private Optional<String> get(String path) {
            int left = (int) TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left < 1) {
                return Optional.empty();
            }
            try {
                var connection = (HttpURLConnection) URI.create("http://" + address + ":" + port + path).toURL()
                        .openConnection(Proxy.NO_PROXY);
                connection.setConnectTimeout(Math.min(left, (int) connect.toMillis()));
                connection.setReadTimeout(left);
                connection.setInstanceFollowRedirects(false);
                try (var in = connection.getInputStream()) {
                    return connection.getResponseCode() == HttpURLConnection.HTTP_OK
                            ? Optional.of(new String(in.readNBytes(BYTES), UTF_8))
                            : Optional.empty();
                } finally {
                    connection.disconnect();
                }
            } catch (IOException | RuntimeException e) {
                // Whoever does not answer is no server of ours; what is wrong there is not ours to say.
                return Optional.empty();
            }
        }
    }
}
