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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * What can be said of a plugin without loading a class of it.
 *
 * @param form how it is to be loaded; empty when it holds nothing
 * @param version its own version
 * @param spiVersion the version of the SPI that it was compiled against
 * @param presets its preset files
 * @param problems why it cannot be used; empty when nothing speaks against it
 */
record PluginContent(Optional<PluginInfo.Form> form, Optional<String> version, Optional<String> spiVersion,
        List<PresetText> presets, List<DialectProblem> problems) {
    static final String SERVICES = "META-INF/services/" + ProviderSpi.class.getName();
    private static final String SPI_VERSION = "Koine-Spi-Version";
    private static final int PRESETS_LIMIT = 4 << 20;
    // A class file's major version is the Java version plus 44 (JVMS 4.1).
    private static final int JAVA_TO_MAJOR = 44;

    /** Read a plugin. */
    static PluginContent read(PluginFile file) {
        var jars = new ArrayList<Jar>();
        var problems = new ArrayList<DialectProblem>();
        for (Path path : file.jars()) {
            try {
                jars.add(Jar.read(file.name(), path, problems));
            } catch (IOException e) {
                String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                problems.add(problem(Kind.UNREADABLE, file.name(), path, path.getFileName() + " is no readable jar: "
                        + said, "copy it again; it may have been cut short"));
            }
        }
        boolean modular = ProviderSpi.class.getModule().isNamed();
        var entries = jars.stream().filter(jar -> jar.providesDialect() || jar.hasServices()).toList();
        Optional<PluginInfo.Form> form = Optional.empty();
        if (modular && jars.stream().anyMatch(Jar::providesDialect)) {
            form = Optional.of(PluginInfo.Form.MODULES);
        } else if (jars.stream().anyMatch(Jar::hasServices)) {
            form = Optional.of(PluginInfo.Form.CLASS_PATH);
        } else if (!entries.isEmpty()) {
            problems.add(problem(Kind.EMPTY, file.name(), file.path(),
                    "Koine runs on the class path here, where module-info is not read",
                    "add " + SERVICES + " to the jar, or run Koine on the module path"));
        } else if (jars.stream().anyMatch(jar -> jar.presets().isPresent())) {
            form = Optional.of(PluginInfo.Form.DATA);
        } else if (problems.isEmpty()) {
            problems.add(problem(Kind.EMPTY, file.name(), file.path(),
                    "it holds no dialect and no preset: no module that provides " + ProviderSpi.class.getName()
                            + ", no "
                            + SERVICES + ", no " + PresetText.RESOURCE,
                    "see that the jar was built with its resources"));
        }
        var spiVersion = entries.stream().flatMap(jar -> jar.spiVersion().stream()).findFirst();
        if (problems.isEmpty() && !entries.isEmpty()) {
            versionProblem(file.name(), file.path(), spiVersion).ifPresent(problems::add);
        }
        var version = (entries.isEmpty() ? jars : entries).stream().flatMap(jar -> jar.version().stream()).findFirst();
        var presets = jars.stream().flatMap(jar -> jar.presets().stream()).toList();
        return new PluginContent(form, version, spiVersion, presets, List.copyOf(problems));
    }

    /** Return what is wrong with having been compiled against {@code compiled}, if anything is. */
    static Optional<DialectProblem> versionProblem(String name, Path path, Optional<String> compiled) {
        var here = SpiVersion.here();
        var mine = here.flatMap(SpiVersion::of);
        var theirs = compiled.flatMap(SpiVersion::of);
        if (theirs.isEmpty()) {
            return Optional.of(problem(Kind.SPI_VERSION, name, path,
                    compiled.map(text -> "it says that it was compiled against koine-spi '" + text
                            + "', which is no version")
                            .orElse("it does not say which koine-spi it was compiled against"),
                    "compile its module-info against Koine's own koine-spi jar, or put '" + SPI_VERSION + ": "
                            + here.orElse("0.1") + "' in its manifest"));
        }
        if (mine.isPresent() && !mine.get().runs(theirs.get())) {
            return Optional.of(problem(Kind.SPI_VERSION, name, path,
                    "it needs koine-spi " + compiled.orElseThrow() + ", this is " + here.orElseThrow(),
                    theirs.get().major() < mine.get().major() ? "get a newer version of the plugin"
                            : "update Koine, or get the plugin's version for koine-spi " + mine.get().major() + "."
                                    + mine.get().minor()));
        }
        return Optional.empty();
    }

    private static DialectProblem problem(Kind kind, String name, Path path, String message, String fix) {
        return new DialectProblem(kind, name, Optional.of(path), message, Optional.of(fix));
    }

    /** One jar of a plugin. */
    private record Jar(Path path, Optional<ModuleDescriptor> module, boolean hasServices,
            Optional<String> manifestVersion,
            Optional<String> manifestSpiVersion, Optional<PresetText> presets) {

        boolean providesDialect() {
            return module.isPresent() && module.get().provides().stream()
                    .anyMatch(provides -> provides.service().equals(ProviderSpi.class.getName()));
        }

        Optional<String> version() {
            return module.flatMap(ModuleDescriptor::rawVersion).or(() -> manifestVersion);
        }

        Optional<String> spiVersion() {
            return module.flatMap(SpiVersion::compiledAgainst).or(() -> manifestSpiVersion);
        }

        static Jar read(String plugin, Path path, List<DialectProblem> problems) throws IOException {
            if (Files.size(path) == 0) {
                throw new IOException("it is empty");
            }
            try (var jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
                Optional<ModuleDescriptor> module = Optional.empty();
                boolean services = false;
                Optional<PresetText> presets = Optional.empty();
                int newest = 0;
                boolean bundles = false;
                for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                    String name = entry.getName();
                    if (name.equals("module-info.class")) {
                        module = module(plugin, jar, entry, problems);
                    } else if (name.equals(SERVICES)) {
                        services = true;
                    } else if (name.equals(PresetText.RESOURCE)) {
                        presets = Optional.of(new PresetText(plugin, path, text(jar, entry)));
                    } else if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                        newest = Math.max(newest, major(jar, entry));
                        bundles |= Reserved.classEntry(name);
                    }
                }
                int most = Runtime.version().feature() + JAVA_TO_MAJOR;
                if (newest > most) {
                    problems.add(tooNew(plugin, path, newest - JAVA_TO_MAJOR));
                }
                var reserved = module.map(ModuleDescriptor::name).filter(Reserved::module);
                if (reserved.isPresent() || bundles) {
                    problems.add(problem(Kind.RESERVED, plugin, path,
                            "it bundles " + reserved.orElse("classes of dev.koine") + " (" + path.getFileName()
                                    + "), which Koine provides",
                            "use scope provided for Koine's own jars"));
                }
                var manifest = Optional.ofNullable(jar.getManifest()).map(m -> m.getMainAttributes())
                        .orElseGet(Attributes::new);
                return new Jar(path, module, services, value(manifest, "Implementation-Version"),
                        value(manifest, SPI_VERSION), presets);
            } catch (IllegalArgumentException | SecurityException e) {
                // Entry names that are no text, and manifests that break the rules.
                throw new IOException(e.getMessage(), e);
            }
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
                problems.add(problem(Kind.UNREADABLE, plugin, Path.of(jar.getName()),
                        "its module descriptor cannot be read: " + e.getMessage(), "build the jar again"));
                return Optional.empty();
            }
        }

        private static DialectProblem tooNew(String plugin, Path path, int java) {
            return problem(Kind.CLASS_VERSION, plugin, path,
                    path.getFileName() + " was compiled for Java " + java + ", this is Java "
                            + Runtime.version().feature(),
                    "run Koine with Java " + java + " or newer, or compile the plugin with --release "
                            + Runtime.version().feature());
        }

        private static int major(JarFile jar, JarEntry entry) throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] head = in.readNBytes(8);
                return head.length < 8 ? 0 : (head[6] & 0xff) << 8 | head[7] & 0xff;
            }
        }

        private static String text(JarFile jar, JarEntry entry) throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(PRESETS_LIMIT + 1);
                if (bytes.length > PRESETS_LIMIT) {
                    throw new IOException(PresetText.RESOURCE + " is larger than " + (PRESETS_LIMIT >> 20) + " MiB");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }

        private static Optional<String> value(Attributes manifest, String name) {
            return Optional.ofNullable(manifest.getValue(name)).map(String::strip).filter(text -> !text.isEmpty());
        }
    }
}
