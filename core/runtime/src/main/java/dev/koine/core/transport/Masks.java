package dev.koine.core.transport;

import dev.koine.spi.SecretRef;
import java.util.Optional;

/** Shows that there is a secret and which one, never the secret. */
final class Masks {
    /** Shorter secrets show nothing: four characters would be too much of them. */
    private static final int TAIL_FROM = 20;

    /** Stands for a secret that cannot be had, where a request is only shown. */
    static final String UNSET = "(not set)";

    private Masks() {}

    /** Return such as {@code ****(32, …1f0c, env:AZURE_OPENAI_API_KEY)}. */
    static String of(String secret, Optional<SecretRef> reference) {
        if (secret.equals(UNSET)) {
            return "****(not set" + reference.map(ref -> ", " + ref.reference()).orElse("") + ")";
        }
        var out = new StringBuilder("****(").append(secret.length());
        if (secret.length() >= TAIL_FROM) {
            out.append(", …").append(secret.substring(secret.length() - 4));
        }
        reference.ifPresent(ref -> out.append(", ").append(ref.reference()));
        return out.append(')').toString();
    }
}
