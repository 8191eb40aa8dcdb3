package dev.koine.simulator;

/** A request's place in the order of all: its number from 1, its ticket for the gate, the fault that was ordered for it. */
record Turn(long serial, long ticket, Fault fault) {
    Turn with(Fault other) {
        return new Turn(serial, ticket, other);
    }
}
