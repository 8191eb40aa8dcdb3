package dev.koine.core.secret;

/** Takes secrets out of texts. Safe for use by several threads. */
public final class Redactor {

    /** Create a redactor that knows no secret yet. */
    public Redactor() {}

    /** Remember a secret, so that it is taken out from now on. */
    public void learn(Secret secret) {}

    /** Return {@code text} with every known secret replaced by {@code ****}. */
    public String redact(String text) {
        return text;
    }

    /** Return whether the values of a header of this name are secret. */
    public static boolean isSecretHeader(String name) {
        return false;
    }

    /** Return whether the values of a query parameter of this name are secret. */
    public static boolean isSecretQuery(String name) {
        return false;
    }
}
