package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.spi.Repair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an endpoint complains of in a request.
 *
 * @param words its words, in lower case
 * @param reason the same, as a person is told
 * @param rejection the field that it names
 */
record Complaint(String words, String reason, Optional<Rejection> rejection) {
    /** Fields whose loss changes the answer's nature, so that leaving them out mends nothing. */
    private static final Set<String> NEVER_DROPPED = Set.of("model", "messages", "tools", "input", "stream");

    /** Return what a failure complains of; empty where no setting could mend it. */
    static Optional<Complaint> of(ProviderFailure failure) {
        return switch (failure.kind()) {
            case PARAM_REJECTED, INVALID_REQUEST, PROVIDER, UNSUPPORTED, SERVER -> Optional.of(read(failure));
            default -> Optional.empty();
        };
    }

    private static Complaint read(ProviderFailure failure) {
        String message = failure.upstreamMessage().filter(text -> !text.isBlank())
                .or(failure::providerMessage).or(failure::raw).orElse("");
        String reason = message.strip().replaceAll("\\s+", " ");
        return new Complaint(message.substring(0, Math.min(message.length(), 4000)).toLowerCase(Locale.ROOT),
                reason.substring(0, Math.min(reason.length(), 160)),
                Rejection.of(Optional.of(message), failure.providerCode(), failure.providerParam()));
    }

    /** Return the top-level field that it names; the empty text for none. */
    String head() {
        return rejection.map(Rejection::head).orElse("");
    }

    Optional<Repair> quirk(String key, Json value, Repair.Level level) {
        return Optional.of(new Repair("quirks." + key, value, level, reason));
    }

    /** A field that is not taken at all can only be left out; a value that is out of range is the user's to mend. */
    Optional<Repair> drop() {
        if (rejection.filter(Rejection::unsupported).isEmpty() || NEVER_DROPPED.contains(head())
                || !head().equals(rejection.get().param())) {
            return Optional.empty();
        }
        // The one makes no sense without the other.
        var fields = head().equals("logprobs") ? List.of("logprobs", "top_logprobs") : List.of(head());
        return Optional.of(new Repair("drop", Json.strings(fields), Repair.Level.MODEL, reason));
    }
}
