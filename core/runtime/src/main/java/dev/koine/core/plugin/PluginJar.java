package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.PresetText;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * One jar of a plugin, read without loading a class of it.
 *
 * @param module its module descriptor
 * @param services the classes that its services entry names; empty when it has none
 * @param classes the classes in it, by name
 */
record PluginJar(Path path, Optional<ModuleDescriptor> module, Optional<List<String>> services, Set<String> classes,
        Optional<String> manifestVersion, Optional<String> manifestSpiVersion, Optional<PresetText> presets,
        Optional<PresetText> detection) {
    static final String SERVICES = "META-INF/services/" + ProviderSpi.class.getName();
    static final String SPI_VERSION = "Koine-Spi-Version";

    private static final int TEXT_LIMIT = 4 << 20;
    // A class file's major version is the Java version plus 44 (JVMS 4.1).
    private static final int JAVA_TO_MAJOR = 44;

    PluginJar {
        services = services.map(List::copyOf);
        classes = Set.copyOf(classes);
    }

    /** Return the classes that its module provides as dialects. */
    List<String> provided() {
        return module.stream().flatMap(descriptor -> descriptor.provides().stream())
                .filter(provides -> provides.service().equals(ProviderSpi.class.getName()))
                .flatMap(provides -> provides.providers().stream()).toList();
    }

    Optional<String> version() {
        return module.flatMap(ModuleDescriptor::rawVersion).or(() -> manifestVersion);
    }

    Optional<String> spiVersion() {
        return module.flatMap(SpiVersion::compiledAgainst).or(() -> manifestSpiVersion);
    }

    /**
     * Read a jar.
     *
     * @param plugin the plugin's name, for problems
     * @param problems takes what is wrong with it
     * @throws IOException if it is no jar, or one that must not be opened
     */
    static PluginJar read(String plugin, Path path, List<DialectProblem> problems) throws IOException {
        long size = Files.size(path);
        var refused = ArchiveCheck.size(size);
        if (refused.isPresent()) {
            throw unfit(plugin, path, refused.get());
        }
        if (size == 0) {
            throw new IOException("it is empty");
        }
        try (var jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            refused = ArchiveCheck.entries(jar, size);
            if (refused.isPresent()) {
                throw unfit(plugin, path, refused.get());
            }
            return read(plugin, path, jar, problems);
        } catch (IllegalArgumentException | SecurityException e) {
            // Entry names that are no text, and manifests that break the rules.
            throw new IOException(e.getMessage(), e);
        }
    }

    private static PluginJar read(String plugin, Path path, JarFile jar, List<DialectProblem> problems)
            throws IOException {
        Optional<ModuleDescriptor> module = Optional.empty();
        Optional<List<String>> services = Optional.empty();
        Optional<PresetText> presets = Optional.empty();
        Optional<PresetText> detection = Optional.empty();
        var classes = new HashSet<String>();
        int newest = 0;
        boolean bundles = false;
        for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
            String name = entry.getName();
            if (name.equals("module-info.class")) {
                module = module(plugin, jar, entry, problems);
            } else if (name.equals(SERVICES)) {
                services = Optional.of(text(jar, entry).lines().map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty()).toList());
            } else if (name.equals(PresetText.RESOURCE)) {
                presets = Optional.of(new PresetText(plugin, path, text(jar, entry)));
            } else if (name.equals(PresetText.DETECTION)) {
                detection = Optional.of(new PresetText(plugin, path, text(jar, entry)));
            } else if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                newest = Math.max(newest, major(jar, entry));
                bundles |= Reserved.classEntry(name);
                classes.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
            }
        }
        if (newest > Runtime.version().feature() + JAVA_TO_MAJOR) {
            problems.add(tooNew(plugin, path, newest - JAVA_TO_MAJOR));
        }
        var reserved = module.map(ModuleDescriptor::name).filter(Reserved::module);
        if (reserved.isPresent() || bundles) {
            problems.add(new DialectProblem(Kind.RESERVED, plugin, Optional.of(path),
                    "it bundles " + reserved.orElse("classes of dev.koine") + " (" + path.getFileName()
                            + "), which Koine provides",
                    Optional.of("use scope provided for Koine's own jars")));
        }
        var manifest = Optional.ofNullable(jar.getManifest()).map(m -> m.getMainAttributes())
                .orElseGet(Attributes::new);
        return new PluginJar(path, module, services, classes, value(manifest, "Implementation-Version"),
                value(manifest, SPI_VERSION), presets, detection);
    }

    private static UnfitFileException unfit(String plugin, Path path, String message) {
        return new UnfitFileException(new DialectProblem(Kind.ARCHIVE, plugin, Optional.of(path),
                path.getFileName() + " " + message,
                Optional.of("do not use this jar; a build tool makes none like it")));
    }

    private static Optional<ModuleDescriptor> module(String plugin, JarFile jar, JarEntry entry,
            List<DialectProblem> problems) throws IOException {
        int major = major(jar, entry);
        if (major > Runtime.version().feature() + JAVA_TO_MAJOR) {
            problems.add(tooNew(plugin, Path.of(jar.getName()), major - JAVA_TO_MAJOR));
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (InvalidModuleDescriptorException e) {
            problems.add(new DialectProblem(Kind.UNREADABLE, plugin, Optional.of(Path.of(jar.getName())),
                    "its module descriptor cannot be read: " + e.getMessage(), Optional.of("build the jar again")));
            return Optional.empty();
        }
    }

    private static DialectProblem tooNew(String plugin, Path path, int java) {
        int here = Runtime.version().feature();
        return new DialectProblem(Kind.CLASS_VERSION, plugin, Optional.of(path),
                path.getFileName() + " was compiled for Java " + java + ", this is Java " + here,
                Optional.of("run Koine with Java " + java + " or newer, or compile the plugin with --release " + here));
    }

    private static int major(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] head = in.readNBytes(8);
            return head.length < 8 ? 0 : (head[6] & 0xff) << 8 | head[7] & 0xff;
        }
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(TEXT_LIMIT + 1);
            if (bytes.length > TEXT_LIMIT) {
                throw new IOException(entry.getName() + " is larger than " + (TEXT_LIMIT >> 20) + " MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> value(Attributes manifest, String name) {
        return Optional.ofNullable(manifest.getValue(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
