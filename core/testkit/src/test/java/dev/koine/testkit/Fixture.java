package dev.koine.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.simulator.Simulator;
import dev.koine.spi.ProviderSpi;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A dialect's project as an author has it: sources and resources, compiled by plain javac into a folder of its own. */
final class Fixture {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final String provider;

    private Fixture(String provider) {
        this.provider = provider;
        // What a jar compiled against a released SPI says by itself.
        files.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nKoine-Spi-Version: 0.1\n");
        files.put("META-INF/services/dev.koine.spi.ProviderSpi", provider + "\n");
    }

    /** Return the dialect that keeps the contract. */
    static Fixture acme() {
        return of("acme", "com.example.acme.AcmeProvider", "AcmeProvider", "Acme");
    }

    static Fixture of(String folder, String provider, String... classes) {
        var fixture = new Fixture(provider);
        fixture.files.put("module-info.java", resource(folder + "/module-info.java"));
        String path = provider.substring(0, provider.lastIndexOf('.') + 1).replace('.', '/');
        for (String name : classes) {
            fixture.files.put(path + name + ".java", resource(folder + "/" + name + ".java"));
        }
        return fixture;
    }

    /** Change a piece of text that stands in exactly one file, once. */
    Fixture change(String from, String to) {
        var holding = files.entrySet().stream().filter(file -> file.getValue().contains(from)).toList();
        assertThat(holding).as("files with '%s'", from).hasSize(1);
        String text = holding.getFirst().getValue();
        assertThat(text.indexOf(from)).as("'%s' stands there once", from).isEqualTo(text.lastIndexOf(from));
        files.put(holding.getFirst().getKey(), text.replace(from, to));
        return this;
    }

    Fixture file(String name, String text) {
        files.put(name, text);
        return this;
    }

    String provider() {
        return provider;
    }

    /** Compile into {@code classes} in a folder. */
    void compile(Path folder) {
        try {
            var sources = new ArrayList<Path>();
            var classes = folder.resolve("classes");
            for (var file : files.entrySet()) {
                boolean source = file.getKey().endsWith(".java");
                var target = folder.resolve(source ? "src" : "classes").resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
                if (source) {
                    sources.add(target);
                }
            }
            var arguments = new ArrayList<>(
                    List.of("-d", classes.toString(), "--release", "25", "-proc:none", "-nowarn",
                            "-p", path(ProviderSpi.class, Json.class, Simulator.class)));
            sources.forEach(source -> arguments.add(source.toString()));
            var said = new StringWriter();
            int status = ToolProvider.findFirst("javac").orElseThrow().run(new PrintWriter(said), new PrintWriter(said),
                    arguments.toArray(String[]::new));
            assertThat(status).as(said.toString()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Load a provider from {@code classes} in a folder, apart from all others. */
    static Constructor<? extends ProviderSpi> load(Path folder, String provider) {
        try {
            var place = folder.resolve("classes").toUri().toURL();
            var constructor = new URLClassLoader(new URL[]{place}, Fixture.class.getClassLoader()).loadClass(provider)
                    .asSubclass(ProviderSpi.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(Class<?>... types) {
        return String.join(File.pathSeparator, Stream.of(types).map(type -> {
            try {
                return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }).toList());
    }

    private static String resource(String name) {
        try (var in = requireNonNull(Fixture.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
