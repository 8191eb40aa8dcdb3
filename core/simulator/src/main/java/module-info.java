/**
 * A real HTTP server on loopback that speaks every built-in dialect, with faults on demand. Writes its own JSON, so that
 * a fault of Koine's codec cannot hide. Knows no other module of Koine.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.simulator {
    requires jdk.httpserver;
    requires static org.jspecify;

    exports dev.koine.simulator;
}
