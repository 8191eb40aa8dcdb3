package dev.koine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The assembled distribution, as it is shipped: real jars, real launcher, real module path. */
class DistributionIT {
    private static final Path DIST = Path.of("target/dist").toAbsolutePath();

    @TempDir Path home;

    @Test
    void everyModuleIsThereOnce() throws IOException {
        try (var jars = Files.list(DIST.resolve("lib"))) {
            assertThat(modules().findAll()).hasSize(Math.toIntExact(jars.count()));
        }
    }

    @Test
    void allOurJarsAreExplicitModulesThatOpenNothingToEveryone() {
        assertThat(ours()).isNotEmpty().allSatisfy(module -> {
            var descriptor = module.descriptor();
            assertThat(descriptor.isAutomatic() || descriptor.isOpen()).as(descriptor.name()).isFalse();
            assertThat(descriptor.version()).as(descriptor.name()).isPresent();
            assertThat(descriptor.opens()).as(descriptor.name()).allMatch(opens -> opens.isQualified());
        });
    }

    @Test
    void noPackageIsSplit() {
        var owners = modules().findAll().stream().map(ModuleReference::descriptor)
                .flatMap(module -> module.packages().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(owners).allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
    }

    @Test
    void theClassPathSeesTheSameServicesAsTheModulePath() throws IOException {
        for (var module : ours()) {
            Map<String, List<String>> provided = new TreeMap<>();
            module.descriptor().provides().forEach(provides -> provided.put(provides.service(), provides.providers()));

            assertThat(services(module)).as(module.descriptor().name()).isEqualTo(provided);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theLauncherStartsIt() throws Exception {
        var builder = new ProcessBuilder(DIST.resolve("bin/koine").toString(), "--help").redirectErrorStream(true);
        builder.environment().put("KOINE_HOME", home.toString());
        builder.environment().put("KOINE_AOT", "off");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("koine", "ask").doesNotContain("WARNING", "Exception");
    }

    private static ModuleFinder modules() {
        return ModuleFinder.of(DIST.resolve("lib"));
    }

    private static List<ModuleReference> ours() {
        return modules().findAll().stream().filter(module -> module.descriptor().name().startsWith("dev.koine."))
                .toList();
    }

    private static Map<String, List<String>> services(ModuleReference module) throws IOException {
        Map<String, List<String>> services = new TreeMap<>();
        try (var reader = module.open(); Stream<String> names = reader.list()) {
            for (var name : names.filter(entry -> entry.matches("META-INF/services/[^/]+")).toList()) {
                try (var in = reader.open(name).orElseThrow()) {
                    services.put(name.substring("META-INF/services/".length()),
                            new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.isBlank()).toList());
                }
            }
        }
        return services;
    }
}
