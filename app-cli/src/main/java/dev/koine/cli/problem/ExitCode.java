package dev.koine.cli.problem;

/** What the process says at its end; a public contract, written down in {@code koine help exit-codes}. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    LENGTH(3),
    WITHHELD(4),
    INCOMPLETE(5),
    DATA(65),
    NO_INPUT(66),
    UNAVAILABLE(69),
    BUG(70),
    TRY_LATER(75),
    NOT_ALLOWED(77),
    CONFIG(78),
    INTERRUPTED(130),
    CLOSED_PIPE(141),
    TERMINATED(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
