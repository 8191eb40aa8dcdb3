package dev.koine.simulator;

final class Placeholder {
    private Placeholder() {}
}
