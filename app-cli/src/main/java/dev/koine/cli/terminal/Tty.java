package dev.koine.cli.terminal;

import java.io.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which of the three streams are terminals. */
public record Tty(boolean in, boolean out, boolean err) {
    public static final Tty NONE = new Tty(false, false, false);
    public static final Tty ALL = new Tty(true, true, true);

    /**
     * Return what the launcher found ({@code -Dkoine.tty=in,out,err}). Without a launcher the console is asked, which is
     * there only when both input and output are terminals.
     */
    static Tty ofProcess() {
        return Optional.ofNullable(System.getProperty("koine.tty")).map(Tty::parse)
                .orElseGet(() -> Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent() ? ALL
                        : NONE);
    }

    public static Tty parse(String names) {
        List<String> list = Arrays.asList(names.split(","));
        return new Tty(list.contains("in"), list.contains("out"), list.contains("err"));
    }
}
