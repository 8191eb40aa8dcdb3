package dev.koine.core.plugin;

import dev.koine.spi.ProviderSpi;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of the SPI, as far as compatibility goes: what was compiled against a version runs on the same major
 * version and at least the same minor version.
 */
record SpiVersion(int major, int minor) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[.+-].*)?");

    /** Return the version that {@code text} begins with, or empty when it begins with none. */
    static Optional<SpiVersion> of(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String minor = matcher.group(2);
        return Optional
                .of(new SpiVersion(Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
    }

    /** Return the version of the SPI that runs here, as text; empty when its jar does not say. */
    static Optional<String> here() {
        var module = ProviderSpi.class.getModule();
        return module.isNamed() ? module.getDescriptor().rawVersion() : onClassPath();
    }

    /** Return whether what was compiled against {@code other} runs on this version. */
    boolean runs(SpiVersion other) {
        return major == other.major && other.minor <= minor;
    }

    /** Say which version a plugin was compiled against and which one this is; empty where they are the same. */
    static String alignment(Optional<String> compiled) {
        return compiled.flatMap(theirs -> here().filter(mine -> !mine.equals(theirs))
                .map(mine -> "it was compiled against koine-spi " + theirs
                        + ", this is koine-spi " + mine))
                .orElse("");
    }

    // On the class path nobody read the jar's descriptor, but it is there all the same.
    private static Optional<String> onClassPath() {
        try {
            var source = ProviderSpi.class.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                return Optional.empty();
            }
            return ModuleFinder.of(Path.of(source.getLocation().toURI())).findAll().stream()
                    .flatMap(reference -> reference.descriptor().rawVersion().stream()).findFirst();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException | FindException e) {
            return Optional.empty();
        }
    }

    /** Return the version of the SPI that a module was compiled against, as javac recorded it. */
    static Optional<String> compiledAgainst(ModuleDescriptor module) {
        var ours = module.requires().stream().filter(requires -> Reserved.module(requires.name())).toList();
        return ours.stream().filter(requires -> requires.name().equals("dev.koine.spi"))
                .flatMap(requires -> requires.rawCompiledVersion().stream()).findFirst()
                .or(() -> ours.stream().flatMap(requires -> requires.rawCompiledVersion().stream()).findFirst());
    }
}
