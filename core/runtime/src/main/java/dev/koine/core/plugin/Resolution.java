package dev.koine.core.plugin;

import dev.koine.spi.ProviderSpi;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the modules of a plugin, and those of Koine that it reads, fit together. No class is loaded to find out. */
final class Resolution {
    private static final Pattern MISSING = Pattern.compile("Module (\\S+) not found");
    private static final Pattern UNNAMED = Pattern.compile("Unable to derive module descriptor for (.*)");
    private static final Pattern SPLIT = Pattern.compile("contains package|export package|Package .* in both");

    private Resolution() {}

    /** Return the modules that provide a dialect. Only these are roots: a stray jar beside them can do no harm. */
    static Set<String> roots(ModuleFinder found) {
        return found.findAll().stream().map(ModuleReference::descriptor)
                .filter(module -> module.provides().stream()
                        .anyMatch(provides -> provides.service().equals(ProviderSpi.class.getName())))
                .map(ModuleDescriptor::name).collect(Collectors.toSet());
    }

    /**
     * Resolve a plugin against the layer that it will see, its own modules first.
     *
     * @throws FindException if a module cannot be read, is there twice, or is missing
     * @throws ResolutionException if modules contradict each other
     */
    static Configuration of(Path plugin, ModuleLayer host) {
        var found = ModuleFinder.of(plugin);
        return Configuration.resolveAndBind(found, List.of(host.configuration()), ModuleFinder.of(), roots(found));
    }

    /** Say what went wrong, in one line. */
    static String said(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        var unnamed = UNNAMED.matcher(message);
        if (unnamed.find()) {
            return Path.of(unnamed.group(1)).getFileName() + " has no module descriptor, and no module can be called"
                    + " like that file" + cause(e).map(text -> ": " + text.substring(text.indexOf(": ") + 1).strip())
                            .orElse("");
        }
        return message + cause(e).map(text -> ": " + text).orElse("");
    }

    /** Say what mends what {@link #said} tells. */
    static String advice(String message) {
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            String module = missing.group(1);
            return ModuleFinder.ofSystem().find(module).isPresent() || Reserved.module(module)
                    ? "start Java with --add-modules " + module
                    : "put " + module + "'s jar beside the plugin's, in a folder of their own";
        }
        if (message.contains("has no module descriptor")) {
            return "give that jar another file name, or build it with Automatic-Module-Name in its manifest";
        }
        if (SPLIT.matcher(message).find()) {
            return "a package may be in one jar only: put the two into one jar, or leave one out";
        }
        return "put the plugin in a folder that holds each of its modules once";
    }

    private static Optional<String> cause(Exception e) {
        return Optional.ofNullable(e.getCause()).flatMap(cause -> Optional.ofNullable(cause.getMessage()));
    }
}
