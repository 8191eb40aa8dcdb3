package dev.koine.simulator;

/** How the answer to a request ended. */
public enum Ending {
    /** The whole answer was written, faults of content included. */
    COMPLETE,
    /** A fault broke the connection off. */
    CUT,
    /** The client closed the connection while the answer was being written. */
    CLOSED_BY_CLIENT,
    /** The simulator was closed while the answer was being written. */
    CLOSED_BY_SIMULATOR
}
