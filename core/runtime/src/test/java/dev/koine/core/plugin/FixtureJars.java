package dev.koine.core.plugin;

import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Compiles sources with plain javac and packs them, as a third party would. */
public final class FixtureJars {
    private final Path room;
    private int count;

    public FixtureJars(Path room) {
        this.room = room;
    }

    /** Return the source of a dialect whose bodies do as little as can be. */
    public static String dialect(String packageName, String className, String id, String extra) {
        return """
                package %s;

                import dev.koine.api.*;
                import dev.koine.spi.*;
                import java.net.URI;
                import java.util.*;
                import java.util.function.Consumer;

                public final class %s implements ProviderSpi {
                    %s

                    public DialectDescriptor descriptor() {
                        return DialectDescriptor.of("%s", "Speaks %s");
                    }

                    public Provider create(ProviderConfig config) {
                        return new Wire();
                    }

                    static final class Wire implements HttpDialect {
                        public HttpCall chat(ModelTarget model, ChatRequest request) {
                            return HttpCall.get(URI.create("https://acme.example/" + model.id()), new Auth.None());
                        }

                        public void decode(Reply reply, Consumer<ChatEvent> sink) {
                            throw new IllegalStateException("no decoder here");
                        }

                        public StreamDecoder streamDecoder() {
                            throw new NoSuchMethodError("gone");
                        }

                        public ProviderFailure decodeFailure(Reply reply) {
                            return ProviderFailure.of(FailureKind.PROVIDER, "acme says no");
                        }
                    }
                }
                """.formatted(packageName, className, extra, id, id);
    }

    /** Begin a jar whose module is {@code module}; an empty name gives a jar without a module descriptor. */
    public Jar jar(String module) {
        return new Jar(module);
    }

    /** A jar in the making. */
    public final class Jar {
        private final String module;
        private final List<String> directives = new ArrayList<>();
        private final Map<String, String> sources = new LinkedHashMap<>();
        private final Map<String, String> resources = new LinkedHashMap<>();
        private final List<Path> path = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();
        private String version = "1.2.0";
        private String manifest = "";

        private Jar(String module) {
            this.module = module;
            path.add(location(ProviderSpi.class));
            path.add(location(dev.koine.api.Json.class));
        }

        /** Add a dialect, with its {@code provides} and its services line. */
        public Jar dialect(String packageName, String className, String id, String extra) {
            return provider(packageName + "." + className, FixtureJars.dialect(packageName, className, id, extra));
        }

        public Jar provider(String name, String source) {
            directives.add("provides dev.koine.spi.ProviderSpi with " + name + ";");
            resources.merge("META-INF/services/dev.koine.spi.ProviderSpi", name + "\n", String::concat);
            return source(name, source);
        }

        public Jar source(String name, String source) {
            sources.put(name.replace('.', '/') + ".java", source);
            return this;
        }

        public Jar directive(String directive) {
            directives.add(directive);
            return this;
        }

        public Jar resource(String name, String text) {
            resources.put(name, text);
            return this;
        }

        /** Compile against this SPI instead of the one that runs. */
        public Jar against(Path spi) {
            path.set(0, spi);
            return this;
        }

        public Jar with(Path jar) {
            path.add(jar);
            return this;
        }

        public Jar version(String value) {
            version = value;
            return this;
        }

        public Jar manifest(String lines) {
            manifest = lines;
            return this;
        }

        /** Leave a class out of the jar, as a careless build would. */
        public Jar without(String classFile) {
            leftOut.add(classFile);
            return this;
        }

        public Path at(Path target) throws IOException {
            Path home = Files.createDirectories(room.resolve("build" + count++));
            Path in = Files.createDirectories(home.resolve("src"));
            Path out = Files.createDirectories(home.resolve("out"));
            if (!module.isEmpty()) {
                boolean koine = directives.stream().anyMatch(line -> line.startsWith("provides"));
                // Two providers make one directive.
                var lines = new ArrayList<>(directives.stream().filter(line -> !line.startsWith("provides")).toList());
                var providers = directives.stream().filter(line -> line.startsWith("provides"))
                        .map(line -> line.substring(line.indexOf(" with ") + 6, line.length() - 1)).toList();
                if (koine) {
                    lines.add("requires dev.koine.spi;");
                    lines.add("provides dev.koine.spi.ProviderSpi with " + String.join(", ", providers) + ";");
                }
                source("module-info", "module " + module + " { " + String.join(" ", lines) + " }");
            }
            var arguments = new ArrayList<>(List.of("-d", out.toString(), "--release", "25", "-proc:none", "-nowarn",
                    module.isEmpty() ? "-cp" : "-p",
                    String.join(java.io.File.pathSeparator, path.stream().map(Path::toString).toList())));
            for (var source : sources.entrySet()) {
                Path file = in.resolve(source.getKey());
                Files.createDirectories(file.getParent());
                arguments.add(Files.writeString(file, source.getValue()).toString());
            }
            if (!sources.isEmpty()) {
                run("javac", arguments);
            }
            for (var resource : resources.entrySet()) {
                Path file = out.resolve(resource.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, resource.getValue());
            }
            for (String name : leftOut) {
                Files.delete(out.resolve(name));
            }
            Path lines = Files.writeString(home.resolve("manifest"), manifest);
            Files.createDirectories(target.getParent());
            var packing = new ArrayList<>(List.of("--create", "--file", target.toString(), "--manifest",
                    lines.toString()));
            if (!module.isEmpty()) {
                packing.addAll(List.of("--module-version", version));
            }
            packing.addAll(List.of("-C", out.toString(), "."));
            run("jar", packing);
            return target;
        }
    }

    /** Pack the SPI that runs as another version of itself. */
    public Path spi(String version) throws IOException {
        Path jar = Files.createDirectories(room).resolve("spi-" + version + ".jar");
        Path classes = location(ProviderSpi.class);
        if (!Files.isDirectory(classes)) {
            Path unpacked = Files.createDirectories(room.resolve("spi-" + version));
            try (var zip = java.nio.file.FileSystems.newFileSystem(classes);
                    var files = Files.walk(zip.getPath("/"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = unpacked.resolve(file.toString().substring(1));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
            classes = unpacked;
        }
        run("jar", List.of("--create", "--file", jar.toString(), "--module-version", version, "-C", classes.toString(),
                "."));
        return jar;
    }

    /** Write each entry of a jar anew, as {@code edit} has it. */
    static void rewrite(Path jar, Edit edit) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var old = new ZipFile(jar.toFile())) {
            for (var entry : old.stream().toList()) {
                try (var in = old.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(edit.of(entry.getKey(), entry.getValue()));
            }
        }
    }

    /** What becomes of an entry. */
    interface Edit {
        byte[] of(String name, byte[] bytes);
    }

    /** Add an entry to a jar. */
    static void append(Path jar, String name, byte[] content) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        rewrite(jar, (old, bytes) -> {
            entries.put(old, bytes);
            return bytes;
        });
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            entries.put(name, content);
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    static Path location(Class<?> type) {
        return Path.of(java.net.URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void run(String tool, List<String> arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(tool + " failed: " + said);
        }
    }
}
