package dev.koine.core.dialect;

import java.util.ServiceConfigurationError;
import java.util.regex.Pattern;

/** Says in words what went wrong in a stranger's code, without keeping anything of it. */
public final class Faults {
    private static final Pattern NOT_FOUND = Pattern.compile("Provider (\\S+) not found");
    private static final Pattern NO_SUBTYPE = Pattern.compile("(?:Provider )?(\\S+) not a subtype");

    private Faults() {}

    /**
     * Describe what was thrown, in one line for a person.
     *
     * @param thrown whatever was thrown, also by class loading and by {@link java.util.ServiceLoader}
     */
    public static String describe(Throwable thrown) {
        return switch (thrown) {
            case ServiceConfigurationError e when e.getCause() != null -> service(e, e.getCause());
            case ServiceConfigurationError e -> service(afterColon(said(e)));
            case ExceptionInInitializerError e when e.getCause() != null -> "its static initialiser threw "
                    + named(e.getCause());
            case UnsupportedClassVersionError e -> "a class was compiled for a newer Java: " + said(e);
            case NoClassDefFoundError e when said(e).startsWith("Could not initialize class") -> "class "
                    + said(e).substring("Could not initialize class ".length()) + " could not be initialised";
            case NoClassDefFoundError e -> "class " + said(e).replace('/', '.') + " is missing";
            case ClassNotFoundException e -> "class " + said(e).replace('/', '.') + " is missing";
            case AbstractMethodError e -> "it was compiled against another version of the SPI: " + said(e);
            case IncompatibleClassChangeError e -> "it was compiled against another version of a library: " + said(e);
            case SecurityException e when said(e).contains("digest")
                    || said(e).contains("signature") -> "its signature does not fit: " + said(e);
            case MatchException e when e.getCause() == null -> "it does not know a constant or an event that came with"
                    + " this version of Koine; its switch wants a default";
            case StackOverflowError e -> "it called itself without end";
            default -> named(thrown);
        };
    }

    /** Say in other words what {@link java.util.ServiceLoader} says; its own stay where they are not known. */
    private static String service(String said) {
        var missing = NOT_FOUND.matcher(said);
        if (missing.matches()) {
            return "its services entry names " + missing.group(1) + ", and there is no such class";
        }
        var other = NO_SUBTYPE.matcher(said);
        return other.matches() ? other.group(1) + ", which its services entry names, is no ProviderSpi" : said;
    }

    private static String service(ServiceConfigurationError error, Throwable cause) {
        String what = afterColon(said(error));
        return switch (cause) {
            case LinkageError e -> what + ": " + describe(e);
            case ClassNotFoundException e -> what + ": " + describe(e);
            default -> what + ": its constructor threw " + named(cause);
        };
    }

    private static String named(Throwable thrown) {
        String message = said(thrown);
        return thrown.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }

    // A stranger's getMessage may throw as well, and may be of any length.
    private static String said(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            if (message == null) {
                return "";
            }
            String line = message.lines().findFirst().orElse("").strip();
            return line.length() > 300 ? line.substring(0, 300) + "…" : line;
        } catch (Throwable e) {
            return "";
        }
    }

    private static String afterColon(String message) {
        String service = dev.koine.spi.ProviderSpi.class.getName() + ": ";
        return message.startsWith(service) ? message.substring(service.length()) : message;
    }
}
