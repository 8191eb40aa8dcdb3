package dev.koine.core;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.transport.Cancellation;
import dev.koine.core.transport.SendOptions;
import dev.koine.core.transport.Transport;
import dev.koine.spi.Auth;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Origin;
import java.net.URI;
import java.time.Duration;

/** Fetches a file, without a key and never over plain http from another machine. */
record Download(Transport transport, boolean offline) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Return what is at an address: see {@link Koine#download}. */
    byte[] bytes(URI address) {
        var origin = Origin.of(address);
        if (!origin.isLoopback() && (offline || !origin.isSecure())) {
            throw ProviderFailure.builder(offline ? FailureKind.UNREACHABLE : FailureKind.INSECURE)
                    .message(offline ? "offline: " + origin.host() + " is another machine"
                            : "a file that comes over plain http may be anybody's")
                    .why(offline ? "only this machine may be reached; nothing was sent"
                            : "whoever sits on the way to " + origin.host() + " can put another one in its place")
                    .fix(offline ? "leave out --offline" : "use https").build().toException();
        }
        try (var answer = transport.send(HttpCall.get(address, new Auth.None()),
                SendOptions.builder().stream(false).total(LIMIT).build(), new Cancellation())) {
            var reply = answer.readAll();
            if (reply.status() != 200) {
                throw ProviderFailure.builder(FailureKind.WRONG_PATH).status(reply.status())
                        .message(origin.host() + " answered " + reply.status() + " instead of the file")
                        .why("nothing was kept").fix("check the address").build().toException();
            }
            return reply.bytes();
        }
    }
}
