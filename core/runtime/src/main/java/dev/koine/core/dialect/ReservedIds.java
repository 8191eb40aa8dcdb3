package dev.koine.core.dialect;

/** The ids that Koine keeps for itself. */
public final class ReservedIds {
    private ReservedIds() {}

    /** Return whether {@code id} may be used by no dialect and no preset; {@code sim} is the simulator's provider. */
    public static boolean contains(String id) {
        return id.equals("koine") || id.startsWith("koine-") || id.equals("sim");
    }
}
