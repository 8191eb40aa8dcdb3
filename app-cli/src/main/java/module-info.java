/** The command line. Knows the engine and the simulator; the dialects are found at run time. */
@org.jspecify.annotations.NullMarked
module dev.koine.cli {
    requires dev.koine.core;
    requires dev.koine.simulator;
    requires java.compiler;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;
}
