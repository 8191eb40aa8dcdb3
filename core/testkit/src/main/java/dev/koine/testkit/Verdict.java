package dev.koine.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;

/** Says in words what rule is broken. */
final class Verdict {
    private Verdict() {}

    /** Fail with {@code message} unless {@code holds}. */
    static void require(boolean holds, String message) {
        if (!holds) {
            fail(message);
        }
    }

    /** Return what a call of the dialect gives; fail if that is nothing, or an exception. */
    static <T> T given(String call, Callable<T> work) {
        try {
            return given(call, work.call());
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw thrown(call, e);
        }
    }

    /** Make a call of the dialect; fail if it throws. */
    static void made(String call, Runnable work) {
        given(call, () -> {
            work.run();
            return true;
        });
    }

    private static <T> T given(String call, T value) {
        require(value != null, call + " gave null");
        return value;
    }

    /** Return the failure of a rule that a call breaks by throwing. */
    static AssertionError thrown(String call, Throwable thrown) {
        return new org.opentest4j.AssertionFailedError(call + " threw " + thrown, thrown);
    }
}
