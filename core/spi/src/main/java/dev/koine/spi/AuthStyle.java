package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The way in which a key travels, apart from the key. */
public sealed interface AuthStyle {

    /** No key is sent, whether there is one or not. */
    record None() implements AuthStyle {}

    /** As a bearer token. */
    record Bearer() implements AuthStyle {}

    /** In a header of its own. */
    record Header(String name) implements AuthStyle {
        public Header {
            requireNonNull(name, "name is null");
        }
    }

    /** In a query parameter. */
    record Query(String name) implements AuthStyle {
        public Query {
            requireNonNull(name, "name is null");
        }
    }

    /** Return this style with a key. */
    default Auth with(Optional<SecretRef> secret) {
        return switch (this) {
            case None() -> new Auth.None();
            case Bearer() -> new Auth.Bearer(secret);
            case Header(var name) -> new Auth.Header(name, secret);
            case Query(var name) -> new Auth.Query(name, secret);
        };
    }

    /**
     * Read a style as configuration writes it: {@code none}, {@code bearer}, {@code header:NAME} or {@code query:NAME}.
     *
     * @return the style, or empty when {@code text} is none of these
     */
    static Optional<AuthStyle> parse(String text) {
        if (text.equals("none")) {
            return Optional.of(new None());
        }
        if (text.equals("bearer")) {
            return Optional.of(new Bearer());
        }
        if (text.matches("header:[A-Za-z0-9-]+")) {
            return Optional.of(new Header(text.substring("header:".length())));
        }
        if (text.matches("query:[A-Za-z0-9_-]+")) {
            return Optional.of(new Query(text.substring("query:".length())));
        }
        return Optional.empty();
    }
}
