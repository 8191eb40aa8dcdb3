package dev.koine.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** One dialect's HTTP server on a loopback port of its own; a virtual thread for each request. */
final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // Read once, when the server's classes initialise. Without it each small event waits for the one before it.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final SimulatedDialect dialect;
    private final Respondent respondent;
    private final Gate gate;
    private final Function<ReceivedRequest, Turn> register;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Listener(SimulatedDialect dialect, Respondent respondent, Gate gate,
            Function<ReceivedRequest, Turn> register) throws IOException {
        this.dialect = dialect;
        this.respondent = respondent;
        this.gate = gate;
        this.register = register;
        InetAddress loopback = InetAddress.getByAddress(new byte[]{127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
    }

    static Listener start(SimulatedDialect dialect, Respondent respondent, Gate gate,
            Function<ReceivedRequest, Turn> register) {
        try {
            var listener = new Listener(dialect, respondent, gate, register);
            listener.server.createContext("/", listener::handle);
            listener.server.setExecutor(listener.threads);
            // The server's own thread inherits this: a program that forgets to close the simulator can still end.
            Thread.ofPlatform().daemon().start(listener.server::start).join();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator cannot listen on 127.0.0.1", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the simulator was starting", e);
        }
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
        var request = new ReceivedRequest(dialect, exchange, body);
        Turn turn = register.apply(request);
        Delivery delivery = request.delivery();
        try {
            answer(request, turn, new Sender(exchange, delivery, gate, turn.ticket()));
            delivery.end(Ending.COMPLETE);
        } catch (Sender.CutException e) {
            delivery.end(Ending.CUT);
            throw e;
        } catch (IOException e) {
            delivery.end(gate.isDown() ? Ending.CLOSED_BY_SIMULATOR : Ending.CLOSED_BY_CLIENT);
            throw e;
        } catch (InterruptedException e) {
            delivery.end(Ending.CLOSED_BY_SIMULATOR);
            Thread.currentThread().interrupt();
        } finally {
            delivery.end(Ending.CUT);
        }
    }

    private void answer(ReceivedRequest request, Turn turn, Sender sender) throws IOException, InterruptedException {
        switch (turn.fault()) {
            case Fault.NoAnswer _ -> throw new Sender.CutException();
            case Fault.Silent _ -> sender.waitForRelease();
            default -> {
            }
        }
        sender.send(respondent.respond(request, turn));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
