package dev.koine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine in a folder: a PATH with the few tools that the launchers use, Java homes made of a {@code release} file and
 * a script that records how it was called, and an installed koine whose system folders lie in this machine.
 */
final class FakeMachine {
    private static final List<
            String> TOOLS = List.of("cat", "dirname", "env", "find", "grep", "head", "ln", "mkdir", "mv",
                    "readlink", "rm", "sed", "sh", "sleep");
    private static final Pattern SYSTEM_FOLDER = Pattern.compile("(?<=\\s)/(?=usr|opt|Library)");

    final Path root;
    final Map<String, String> environment = new HashMap<>();
    private final Path calls;

    FakeMachine(Path root) throws IOException {
        this.root = root.toRealPath();
        calls = this.root.resolve("calls");
        var path = Files.createDirectories(this.root.resolve("path"));
        for (var tool : TOOLS) {
            script(path.resolve(tool), "#!/bin/sh\nexec " + systemTool(tool) + " \"$@\"\n");
        }
        environment.put("PATH", path.toString());
        environment.put("HOME", Files.createDirectories(this.root.resolve("home")).toString());
        environment.put("KOINE_AOT", "off");
    }

    /** Install the distribution's launcher, with empty jars, in a folder of this machine. */
    Path install(String folder) throws IOException {
        var home = root.resolve(folder);
        var lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("koine-cli-9.8.7.jar"));
        Files.createFile(lib.resolve("koine-openai-wire-9.8.7.jar"));
        script(home.resolve("bin/koine"), Files.readString(Path.of("src/dist/bin/koine")));
        script(home.resolve("bin/koine-jdk"), finder());
        return home.resolve("bin/koine");
    }

    /** Return the script that finds a JDK, with the system's folders moved into this machine. */
    String finder() throws IOException {
        return SYSTEM_FOLDER.matcher(Files.readString(Path.of("src/dist/bin/koine-jdk"))).replaceAll(root + "/");
    }

    /** Make a Java home whose {@code release} file says this version; its {@code java} records its arguments. */
    Path java(String folder, String version) throws IOException {
        return java(folder, version, "exit 0");
    }

    /** As above; the script's further lines say what this {@code java} does after it was recorded. */
    Path java(String folder, String version, String then) throws IOException {
        var home = Files.createDirectories(root.resolve(folder));
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Nobody"
                JAVA_RUNTIME_VERSION="%1$s+1"
                JAVA_VERSION="%1$s"
                """.formatted(version));
        script(home.resolve("bin/java"), """
                #!/bin/sh
                { echo "java %s"; for a do echo "  $a"; done; } >>'%s'
                %s
                """.formatted(folder, calls, then));
        return home;
    }

    /** Put an executable script there. */
    Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Return the recorded lines: one that names the program, then one for each argument, two blanks in front. */
    List<String> calls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Return the recorded calls of this program. */
    List<String> calls(String program) throws IOException {
        return calls().stream().filter(line -> line.startsWith(program)).toList();
    }

    Path callsFile() {
        return calls;
    }

    Outcome run(Object... command) throws IOException, InterruptedException {
        var process = start(command);
        var error = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        var out = text(process.getInputStream());
        return new Outcome(process.waitFor(), out, error.join());
    }

    Process start(Object... command) throws IOException {
        var words = new ArrayList<>(Stream.of(command).map(Object::toString).toList());
        var builder = new ProcessBuilder(words).directory(root.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path systemTool(String name) {
        return Stream.of("/bin", "/usr/bin", "/usr/local/bin").map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst().orElseThrow(() -> new IllegalStateException("this test needs " + name));
    }

    record Outcome(int exit, String out, String err) {}
}
