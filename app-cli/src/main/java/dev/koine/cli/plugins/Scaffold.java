package dev.koine.cli.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A new dialect's project. Its files are templates, in which {@code {{id}}}, {@code {{class}}}, {@code {{package}}} and
 * {@code {{version}}} stand for what differs.
 *
 * @param id the dialect's id
 * @param packageName the package of its classes, and the name of its module
 * @param version the version of Koine that it is built against
 */
record Scaffold(String id, String packageName, String version) {
    Scaffold {
        requireNonNull(id, "id is null");
        requireNonNull(packageName, "packageName is null");
        requireNonNull(version, "version is null");
    }

    /** Return the package of a dialect whose author names none. */
    static String usualPackage(String id) {
        return "com.example." + id.replace("-", "");
    }

    /** Return the paths of the project's files, below its folder. */
    List<String> files() {
        return List.copyOf(templates().keySet());
    }

    /** Write the project into {@code folder}. */
    void write(Path folder) throws IOException {
        for (var file : templates().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, rendered(file.getValue()));
        }
    }

    /** Return each file's template by the file's path. */
    private Map<String, String> templates() {
        String classes = packageName.replace('.', '/') + "/" + className();
        var templates = new LinkedHashMap<String, String>();
        templates.put("pom.xml", "pom.xml");
        templates.put("src/main/java/module-info.java", "module-info.java");
        templates.put("src/main/java/" + classes + "Provider.java", "Provider.java");
        templates.put("src/main/resources/META-INF/services/dev.koine.spi.ProviderSpi", "services");
        templates.put("src/test/java/" + classes + "ContractTest.java", "ContractTest.java");
        templates.put("src/test/java/" + classes + "ProviderTest.java", "ProviderTest.java");
        templates.put("README.md", "README.md");
        templates.put(".github/workflows/build.yml", "build.yml");
        templates.put(".gitignore", "gitignore");
        return templates;
    }

    private String className() {
        return Arrays.stream(id.split("-")).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private String rendered(String template) {
        try (InputStream in = Scaffold.class.getResourceAsStream("/dev/koine/cli/scaffold/" + template)) {
            if (in == null) {
                throw new IllegalStateException("no template " + template);
            }
            return new String(in.readAllBytes(), UTF_8).replace("{{id}}", id).replace("{{class}}", className())
                    .replace("{{package}}", packageName).replace("{{version}}", version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
