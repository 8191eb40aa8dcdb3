package dev.koine.openai.wire;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import java.util.List;

/**
 * An encoded request.
 *
 * @param body the body
 * @param notices what of the request is expressed in another way than it was asked, each in one line
 */
record Encoding(Json.Obj body, List<String> notices) {
    Encoding {
        requireNonNull(body, "body is null");
        notices = List.copyOf(notices);
    }

    /** Return the exception for a request that cannot be expressed. */
    static ProviderFailureException unsupported(String field, String message) {
        return ProviderFailure.builder(FailureKind.UNSUPPORTED).message(message).field(field).build().toException();
    }
}
