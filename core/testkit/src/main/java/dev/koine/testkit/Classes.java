package dev.koine.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import dev.koine.core.dialect.PresetText;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Where the dialect's classes lie: a jar, or the folder that a build puts into one.
 *
 * @param path the jar or folder
 */
record Classes(Path path) {
    private static final String SERVICES = "META-INF/services/" + ProviderSpi.class.getName();

    /** Return the place that a class was loaded from. */
    static Classes of(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return fail(type.getName() + " was loaded from no file");
        }
        try {
            return new Classes(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Return the module that lies there; empty where there is no descriptor of one. */
    Optional<ModuleReference> module() {
        return ModuleFinder.of(path).findAll().stream().filter(found -> !found.descriptor().isAutomatic()).findFirst();
    }

    /** Return the classes that the module descriptor gives out as dialects. */
    static List<String> provided(ModuleDescriptor module) {
        return module.provides().stream().filter(provides -> provides.service().equals(ProviderSpi.class.getName()))
                .flatMap(provides -> provides.providers().stream()).toList();
    }

    /** Return the names in the services file; empty where there is none. */
    Optional<List<String>> services() throws IOException {
        return text(SERVICES).map(text -> text.lines().map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty()).toList());
    }

    Optional<String> presets() throws IOException {
        return text(PresetText.RESOURCE);
    }

    private Optional<String> text(String name) throws IOException {
        if (Files.isDirectory(path)) {
            var file = path.resolve(name);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            var file = jar.getPath(name);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        }
    }

    /** Put a jar of these classes into a folder. */
    Path packed(Path folder) throws IOException {
        var jar = folder.resolve("dialect.jar");
        if (!Files.isDirectory(path)) {
            return Files.copy(path, jar);
        }
        try (var out = new ZipOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(path)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(path.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
