package dev.koine.cli;

import java.nio.file.Path;

/** Where Koine's folders are. */
final class Folders {
    private Folders() {}

    static Path state(Surroundings surroundings) {
        return surroundings.variable("KOINE_HOME").map(Path::of).orElse(surroundings.home()).resolve("state");
    }
}
