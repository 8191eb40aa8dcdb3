package dev.koine.core.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What was seen on the way to an endpoint: name, connection, encryption, head of the answer. It belongs to the requests that
 * one thread sends while it {@linkplain #watch watches}; the last one's word counts. Used by one thread.
 */
public final class Trace {
    static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private Optional<Lookup> lookup = Optional.empty();
    private Optional<Link> link = Optional.empty();
    private Optional<String> proxy = Optional.empty();
    private Optional<Encryption> encryption = Optional.empty();
    private Optional<Shown> shown = Optional.empty();
    private Optional<Head> head = Optional.empty();
    private OptionalLong connecting = OptionalLong.empty();

    /**
     * A name that was looked up.
     *
     * @param name the endpoint's or the proxy's host
     * @param addresses what it stands for, in the order in which they are tried
     */
    public record Lookup(String name, List<String> addresses, Duration took) {
        public Lookup {
            requireNonNull(name, "name is null");
            addresses = List.copyOf(addresses);
            requireNonNull(took, "took is null");
        }
    }

    /** A connection that stands: the address and port that it goes to. */
    public record Link(String address, int port, Duration took) {
        public Link {
            requireNonNull(address, "address is null");
            requireNonNull(took, "took is null");
        }
    }

    /**
     * Encryption, or the certificate by which it failed.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param names the hosts that the certificate is for
     * @param issuer who signed the certificate
     * @param until when the certificate ends
     */
    public record Encryption(String protocol, List<String> names, String issuer, Instant until, Duration took) {
        public Encryption {
            requireNonNull(protocol, "protocol is null");
            names = List.copyOf(names);
            requireNonNull(issuer, "issuer is null");
            requireNonNull(until, "until is null");
            requireNonNull(took, "took is null");
        }
    }

    /**
     * The certificate that this side showed because the endpoint wanted one.
     *
     * @param subject whose it is
     * @param issuer who signed it
     * @param until when it ends
     */
    public record Shown(String subject, String issuer, Instant until) {
        public Shown {
            requireNonNull(subject, "subject is null");
            requireNonNull(issuer, "issuer is null");
            requireNonNull(until, "until is null");
        }
    }

    /** The head of an answer: status and content type as sent; the type is empty where none came. */
    public record Head(int status, String type, Duration took) {
        public Head {
            requireNonNull(type, "type is null");
            requireNonNull(took, "took is null");
        }
    }

    /** Create a trace of nothing. */
    public Trace() {}

    /** Do {@code work} and note what its requests see. */
    public <T> T watch(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Return the trace that the calling thread watches with. */
    static Optional<Trace> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Return the name that was looked up; empty where a connection stood already, or a proxy looks names up. */
    public Optional<Lookup> lookup() {
        return lookup;
    }

    /** Return the connection that was made. */
    public Optional<Link> link() {
        return link;
    }

    /** Return host and port of the proxy that is used, and the setting that names it. */
    public Optional<String> proxy() {
        return proxy;
    }

    /** Return the encryption, or the certificate by which it failed; empty where there was neither. */
    public Optional<Encryption> encryption() {
        return encryption;
    }

    /** Return the certificate that this side showed; empty where none was wanted, or none fitted. */
    public Optional<Shown> shown() {
        return shown;
    }

    /** Return the head of the last answer. */
    public Optional<Head> head() {
        return head;
    }

    void lookedUp(String name, List<String> addresses, long began) {
        lookup = Optional.of(new Lookup(name, addresses, since(began)));
        connecting = OptionalLong.of(System.nanoTime());
    }

    void linked(String address, int port) {
        link = Optional.of(new Link(address, port, connecting.isPresent() ? since(connecting.getAsLong())
                : Duration.ZERO));
    }

    void proxied(String value) {
        proxy = Optional.of(value);
    }

    void encrypted(Encryption value) {
        encryption = Optional.of(value);
    }

    void showed(Shown value) {
        shown = Optional.of(value);
    }

    void answered(int status, String type, long began) {
        head = Optional.of(new Head(status, type, since(began)));
    }

    static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
