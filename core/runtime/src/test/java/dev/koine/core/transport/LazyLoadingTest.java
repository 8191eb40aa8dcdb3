package dev.koine.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Help, dry runs and lists must not pay for an HTTP library that they do not use. */
class LazyLoadingTest {

    @Test
    void theHttpLibraryIsLoadedWithTheFirstRequest() throws Exception {
        assertThat(classesLoadedBy("render")).noneMatch(line -> line.contains("org.apache.hc."));
        assertThat(classesLoadedBy("send")).anyMatch(line -> line.contains("org.apache.hc."))
                .noneMatch(line -> line.contains("PublicSuffixMatcher") && !line.contains("Attribute"));
    }

    private static Iterable<String> classesLoadedBy(String what) throws Exception {
        String path = String.join(System.getProperty("path.separator"), System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""), location(LazyLoadingTest.class), location(Transport.class));
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class", "-cp", path,
                Program.class.getName(), what).redirectErrorStream(true).start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())))
                .isZero();
        return lines;
    }

    private static String location(Class<?> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        String url = type.getModule().getClassLoader().getResource(file).toURI().getPath();
        return url.substring(0, url.length() - file.length());
    }

    static final class Program {
        public static void main(String[] arguments) {
            try (var transport = new Transport(reference -> Optional.of("key"), text -> text)) {
                var call = Fixture.post("http://127.0.0.1:1/", Fixture.BEARER);
                if (arguments[0].equals("send")) {
                    Fixture.failureOf(() -> transport.send(call, Fixture.PATIENT, new Cancellation()));
                }
                System.out.println(transport.render(call));
                System.out.println(transport.curl(call));
            }
        }
    }
}
