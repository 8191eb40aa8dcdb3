package dev.koine.core;

final class Placeholder {
    private Placeholder() {}
}
