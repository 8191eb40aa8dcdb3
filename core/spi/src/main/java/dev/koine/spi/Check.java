package dev.koine.spi;

import static java.util.Objects.requireNonNull;

/**
 * A free request by which an endpoint can be tested.
 *
 * @param name what it tests, in a word, such as {@code models}
 * @param call the request
 */
public record Check(String name, HttpCall call) {
    public Check {
        requireNonNull(name, "name is null");
        requireNonNull(call, "call is null");
    }
}
