package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.SecretRef;
import java.time.Duration;
import java.util.Optional;

/**
 * How one request is sent. All limits are deadlines: bytes that say nothing, such as keep-alive comments, do not move them.
 *
 * @param connect limit until the connection stands, with name lookup and TLS
 * @param firstToken limit from there until the first event; only when streaming
 * @param idle limit between two events; only when streaming
 * @param total limit for the whole
 * @param stream whether a streamed answer was asked for
 * @param proxy {@code http://}, {@code https://} or {@code socks5://} address of a proxy, or {@code direct} for none; where
 *     empty, the environment that the transport was given decides
 * @param proxyAuth where the login of the proxy is, as {@code USER:PASSWORD}; one in the proxy's address wins
 * @param tls whom an encrypted connection trusts
 * @param allowHttp whether a key may go over plain http to another machine
 * @param limits how large the answer may be
 */
public record SendOptions(Duration connect, Duration firstToken, Duration idle, Duration total, boolean stream,
        Optional<String> proxy, Optional<SecretRef> proxyAuth, Tls tls, boolean allowHttp, Limits limits) {
    /** 10 s to connect, 5 min to the first token, 2 min between tokens, 30 min in all, streaming, default trust and sizes. */
    public static final SendOptions DEFAULT = new SendOptions(Duration.ofSeconds(10), Duration.ofMinutes(5),
            Duration.ofMinutes(2), Duration.ofMinutes(30), true, Optional.empty(), Optional.empty(), Tls.DEFAULT, false,
            Limits.DEFAULT);

    public SendOptions {
        positive(connect, "connect");
        positive(firstToken, "firstToken");
        positive(idle, "idle");
        positive(total, "total");
        requireNonNull(proxy, "proxy is null");
        requireNonNull(proxyAuth, "proxyAuth is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(limits, "limits is null");
    }

    /** Return a builder that starts with {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /** Return a builder that starts with what these options have. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void positive(Duration value, String name) {
        requireNonNull(value, () -> name + " is null");
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is not positive");
        }
    }

    /** Collects options. */
    public static final class Builder {
        private Duration connect;
        private Duration firstToken;
        private Duration idle;
        private Duration total;
        private boolean stream;
        private Optional<String> proxy;
        private Optional<SecretRef> proxyAuth;
        private Tls tls;
        private boolean allowHttp;
        private Limits limits;

        private Builder(SendOptions options) {
            connect = options.connect;
            firstToken = options.firstToken;
            idle = options.idle;
            total = options.total;
            stream = options.stream;
            proxy = options.proxy;
            proxyAuth = options.proxyAuth;
            tls = options.tls;
            allowHttp = options.allowHttp;
            limits = options.limits;
        }

        /** Set the limit for connecting. */
        public Builder connect(Duration value) {
            connect = value;
            return this;
        }

        /** Set the limit for the first event. */
        public Builder firstToken(Duration value) {
            firstToken = value;
            return this;
        }

        /** Set the limit between two events. */
        public Builder idle(Duration value) {
            idle = value;
            return this;
        }

        /** Set the limit for the whole. */
        public Builder total(Duration value) {
            total = value;
            return this;
        }

        /** Set whether a streamed answer was asked for. */
        public Builder stream(boolean value) {
            stream = value;
            return this;
        }

        /** Set the proxy, or {@code direct}. */
        public Builder proxy(String value) {
            proxy = Optional.of(value);
            return this;
        }

        /** Set where the login of the proxy is. */
        public Builder proxyAuth(SecretRef value) {
            proxyAuth = Optional.of(value);
            return this;
        }

        /** Set whom an encrypted connection trusts. */
        public Builder tls(Tls value) {
            tls = value;
            return this;
        }

        /** Set whether a key may go over plain http to another machine. */
        public Builder allowHttp(boolean value) {
            allowHttp = value;
            return this;
        }

        /** Set how large the answer may be. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** Return the options. */
        public SendOptions build() {
            return new SendOptions(connect, firstToken, idle, total, stream, proxy, proxyAuth, tls, allowHttp, limits);
        }
    }
}
