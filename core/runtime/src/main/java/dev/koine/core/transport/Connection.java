package dev.koine.core.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.message.BasicLineFormatter;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that writes nothing into any log: HttpClient's own logs headers and bodies at debug level, keys among them.
 */
final class Connection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    /** The library takes three buffers of this size for each connection; larger ones gain nothing (docs/performance.md). */
    private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(4096).setMaxLineLength(65536)
            .setMaxHeaderCount(1000).build();

    /** An endpoint may refuse a long prompt while it is still being sent; looking for that takes a moment under TLS. */
    private static final ResponseOutOfOrderStrategy EARLY = new MonitoringResponseOutOfOrderStrategy(256 << 10);

    /** The query parameter with the key of the request that the calling thread sends; empty where there is none. */
    static final ScopedValue<String> SECRET_QUERY = ScopedValue.newInstance();

    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.DISABLED;

    Connection() {
        super(CONFIG, null, null, null, null, EARLY, Connection::writer, null);
    }

    private static HttpMessageWriter<ClassicHttpRequest> writer() {
        return new Writer();
    }

    @Override
    public void bind(Socket socket) throws IOException {
        refuseClosed(socket);
        if (socket.isConnected() && socket.getInetAddress() != null) {
            Trace.current()
                    .ifPresent(trace -> trace.linked(socket.getInetAddress().getHostAddress(), socket.getPort()));
        }
        super.bind(socket);
        socketTimeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket socket, Socket base) throws IOException {
        refuseClosed(base);
        super.bind(socket, base);
        socketTimeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    /** A request may be given up between two addresses of its host: the next one must not be tried any more. */
    private void refuseClosed(Socket socket) throws IOException {
        if (closed.get()) {
            socket.close();
            throw new InterruptedIOException("connection is closed");
        }
    }

    @Override
    @SuppressWarnings("NullAway") // HttpClient's contract: null while there is no socket
    public Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    @SuppressWarnings("NullAway") // HttpClient's contract: null where there is no TLS
    public SSLSession getSSLSession() {
        return getSocket() instanceof SSLSocket tls ? tls.getSession() : null;
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
    }

    /** Puts the key that travels in the query in where the request line is written: HttpClient logs the line it knows. */
    private static final class Writer extends DefaultHttpRequestWriter {
        @Override
        protected void writeHeadLine(ClassicHttpRequest message, CharArrayBuffer line) throws IOException {
            String key = SECRET_QUERY.orElse("");
            if (!key.isEmpty() && !message.getMethod().equals("CONNECT")) {
                String uri = message.getRequestUri();
                String whole = uri + (uri.indexOf('?') < 0 ? "?" : "&") + key;
                BasicLineFormatter.INSTANCE.formatRequestLine(line,
                        new RequestLine(message.getMethod(), whole, protocolVersion(message)));
            } else {
                super.writeHeadLine(message, line);
            }
        }
    }
}
