package dev.koine.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** Sends one answer, faults included. An {@link IOException} that leaves it makes the server drop the connection. */
final class Sender {
    private static final String GARBAGE = "{\"id\":\"chatcmpl-sim\",\"choices\":[{\"delta\":{\"content\":";

    private final HttpExchange exchange;
    private final Delivery delivery;
    private final Gate gate;
    private final long ticket;

    Sender(HttpExchange exchange, Delivery delivery, Gate gate, long ticket) {
        this.exchange = exchange;
        this.delivery = delivery;
        this.gate = gate;
        this.ticket = ticket;
    }

    /** Thrown to drop the connection because a fault says so. */
    static final class CutException extends IOException {
        private static final long serialVersionUID = 1L;

        CutException() {
            super("cut by a fault");
        }
    }

    void send(Outgoing outgoing) throws IOException, InterruptedException {
        switch (outgoing) {
            case Outgoing.Whole whole -> sendWhole(whole);
            case Outgoing.Events events -> sendEvents(events);
        }
    }

    private void sendWhole(Outgoing.Whole whole) throws IOException, InterruptedException {
        gate.rest(whole.delay());
        requireOpen();
        byte[] body = whole.reply().body().getBytes(UTF_8);
        boolean bodyless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        sendHead(whole.reply(), bodyless ? -1 : body.length);
        if (bodyless) {
            exchange.close();
            return;
        }
        OutputStream out = exchange.getResponseBody();
        int half = body.length / 2;
        out.write(body, 0, half);
        switch (whole.fault()) {
            case Fault.CutAfter _ -> {
                out.flush();
                throw new CutException();
            }
            case Fault.StallAfter _ -> {
                out.flush();
                waitForRelease();
            }
            default -> {
            }
        }
        out.write(body, half, body.length - half);
        out.flush();
        exchange.close();
    }

    private void sendEvents(Outgoing.Events events) throws IOException, InterruptedException {
        sendHead(events.head(), 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        if (!(events.fault() instanceof Fault.EmptyStream)) {
            sendEvents(events, out);
        }
        exchange.close();
    }

    private void sendEvents(Outgoing.Events events, OutputStream out) throws IOException, InterruptedException {
        StreamStyle style = events.stream().style();
        if (events.fault() instanceof Fault.OnlyDone) {
            event("[DONE]", style, out);
            return;
        }
        for (String comment : style.opening()) {
            write(": " + comment + style.newline() + style.newline(), out);
        }
        if (events.fault() instanceof Fault.KeepAlives(var pause)) {
            do {
                write(": keep-alive" + style.newline() + style.newline(), out);
            } while (!gate.pass(ticket, pause));
            requireOpen();
        }
        int written = 0;
        while (events.stream().chunks().hasNext()) {
            if (misfires(events, written, out)) {
                return;
            }
            gate.rest(events.pause());
            requireOpen();
            event(events.stream().chunks().next().write(), style, out);
            written++;
        }
        if (misfires(events, written, out)) {
            return;
        }
        if (style.endsWithDone()) {
            event("[DONE]", style, out);
            misfires(events, written + 1, out);
        }
    }

    /** Let the fault strike if its moment has come; return whether it ends the stream. */
    private boolean misfires(Outgoing.Events events, int written, OutputStream out)
            throws IOException, InterruptedException {
        StreamStyle style = events.stream().style();
        switch (events.fault()) {
            case Fault.CutAfter(int count) when count == written -> throw new CutException();
            case Fault.StallAfter(int count) when count == written -> waitForRelease();
            case Fault.GarbageAfter(int count) when count == written -> event(GARBAGE, style, out);
            case Fault.ErrorAfter(int count) when count == written -> {
                event(events.stream().error().write(), style, out);
                return true;
            }
            default -> {
            }
        }
        return false;
    }

    private void event(String data, StreamStyle style, OutputStream out) throws IOException {
        write("data: " + data + style.newline() + style.newline(), out);
        delivery.wroteEvent();
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private void sendHead(Reply reply, long length) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), length);
        delivery.answered(reply.status());
    }

    void waitForRelease() throws IOException, InterruptedException {
        gate.pass(ticket);
        requireOpen();
    }

    private void requireOpen() throws IOException {
        if (gate.isDown()) {
            throw new IOException("the simulator was closed");
        }
    }
}
