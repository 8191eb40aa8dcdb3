package dev.koine.core.transport;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up names on a thread of its own, since a lookup cannot be interrupted and may take longer than the connect limit.
 * Addresses and this machine's own name need no lookup and no thread.
 */
final class NameLookup implements DnsResolver {

    /** The request on whose behalf the calling thread connects. */
    static final ScopedValue<Exchange> EXCHANGE = ScopedValue.newInstance();

    private final boolean remote;

    /**
     * Create a lookup.
     *
     * @param remote whether a SOCKS proxy looks names up, which may know more of them
     */
    NameLookup(boolean remote) {
        this.remote = remote;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        if (remote) {
            return List.of(InetSocketAddress.createUnresolved(host, port));
        }
        long began = System.nanoTime();
        InetAddress[] addresses = resolve(host);
        Trace.current().ifPresent(trace -> trace.lookedUp(host,
                Arrays.stream(addresses).map(InetAddress::getHostAddress).toList(), began));
        return Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.equalsIgnoreCase("localhost") || host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return InetAddress.getAllByName(host);
        }
        var addresses = new CompletableFuture<InetAddress[]>();
        Thread.ofPlatform().daemon().name("koine-lookup").start(() -> {
            try {
                addresses.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException | RuntimeException e) {
                addresses.completeExceptionally(e);
            }
        });
        Exchange.Abort abort = () -> addresses.completeExceptionally(new InterruptedIOException("given up"));
        var exchange = EXCHANGE.get();
        exchange.onAbort(abort);
        try {
            return addresses.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (ExecutionException e) {
            throw unknown(host, e.getCause() == null ? e : e.getCause());
        } finally {
            exchange.removeAbort(abort);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return host;
    }

    private static UnknownHostException unknown(String host, Throwable cause) {
        if (cause instanceof UnknownHostException unknown) {
            return unknown;
        }
        var unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
