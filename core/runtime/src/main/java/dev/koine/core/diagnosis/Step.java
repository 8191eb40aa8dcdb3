package dev.koine.core.diagnosis;

import java.util.Optional;

/** A part of a test. It notes what it sees, and stops the test where it finds a fault. */
interface Step {
    Optional<Fault> take(Evidence evidence);
}
