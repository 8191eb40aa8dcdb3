package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Presets;
import java.util.Optional;

/**
 * Finds out how an endpoint speaks. Asks only its origin, at most {@value Probing#REQUESTS} times, by GET, and without a key
 * until an answer asks for one; a chat completion of one token only where it is allowed to. Blocking; safe for use by
 * several threads.
 */
public final class Detection {
    private final Dialects dialects;
    private final Presets presets;
    private volatile Optional<Signatures> signatures = Optional.empty();

    /** Create a detection with what the jars of these dialects know; nothing is read by this. */
    public Detection(Dialects dialects, Presets presets) {
        this.dialects = requireNonNull(dialects, "dialects is null");
        this.presets = requireNonNull(presets, "presets is null");
    }

    /** Return what answers prove, read when first asked for. */
    public Signatures signatures() {
        var known = signatures;
        if (known.isEmpty()) {
            known = Optional.of(Signatures.of(dialects.detectionTexts()));
            signatures = known;
        }
        return known.get();
    }

    /**
     * Ask an endpoint. Total: who does not answer is a finding too.
     *
     * @param probe what it is about
     * @param sender sends its calls
     */
    public ProbeReport probe(Probe probe, Sender sender) {
        return new Probing(probe, sender, dialects, presets, signatures()).run();
    }
}
