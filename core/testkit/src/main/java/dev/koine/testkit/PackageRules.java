package dev.koine.testkit;

import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assertions.fail;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.Plugins;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.ProviderConfig;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How a dialect is packed. */
final class PackageRules {
    private static final Set<String> OPEN = Set.of("dev.koine.api", "dev.koine.spi", "dev.koine.openai.wire");

    private final Subject subject;

    PackageRules(Subject subject) {
        this.subject = subject;
    }

    private Classes classes() {
        return Classes.of(subject.spi().getClass());
    }

    private String provider() {
        return subject.spi().getClass().getName();
    }

    private ModuleDescriptor module() {
        var classes = classes();
        return classes.module().orElseThrow(() -> new org.opentest4j.AssertionFailedError(
                "there is no module-info beside " + provider() + " in " + classes.path().getFileName())).descriptor();
    }

    void theModuleProvidesTheDialect() {
        var module = module();
        require(Classes.provided(module).contains(provider()), "the module " + module.name()
                + " does not say: provides dev.koine.spi.ProviderSpi with " + provider());
    }

    void theServicesFileNamesTheSameProviders() {
        try {
            var services = classes().services();
            require(services.isPresent(),
                    "META-INF/services/dev.koine.spi.ProviderSpi is missing; programs on the class "
                            + "path find the dialect by it");
            var provided = classes().module().map(found -> Classes.provided(found.descriptor()))
                    .orElse(List.of(provider()));
            require(Set.copyOf(services.orElseThrow()).equals(Set.copyOf(provided)),
                    "META-INF/services/dev.koine.spi.ProviderSpi names " + services.orElseThrow()
                            + ", the module provides " + provided);
        } catch (IOException e) {
            throw Verdict.thrown("reading the services file", e);
        }
    }

    void theModuleRequiresTheSpiAndNotTheEngine() {
        var module = module();
        var ours = module.requires().stream().map(ModuleDescriptor.Requires::name)
                .filter(name -> name.startsWith("dev.koine.")).sorted().toList();
        require(ours.contains("dev.koine.spi"),
                "the module " + module.name() + " does not require dev.koine.spi, by which its version is told");
        ours.stream().filter(name -> !OPEN.contains(name)).findFirst().ifPresent(name -> fail("the module "
                + module.name() + " requires " + name + ", which is no door of Koine's to dialects"));
    }

    void theEngineTakesTheJarAsAPlugin(Path folder) throws IOException {
        var paths = KoinePaths.under(folder);
        var jar = classes().packed(Files.createDirectories(paths.pluginsDir()));
        var plugin = new Plugins(paths, new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of()).list()
                .getFirst();
        var problems = plugin.problems().stream().filter(problem -> problem.kind() != DialectProblem.Kind.UNTRUSTED)
                .toList();
        if (subject.does(Behavior.PLUGIN)) {
            problems.stream().findFirst().ifPresent(problem -> fail(
                    problem.message() + problem.fix().map(fix -> "; " + fix).orElse("")));
        } else {
            String wanted = "it bundles " + module().name() + " (" + jar.getFileName() + "), which Koine provides";
            var said = problems.stream().map(DialectProblem::message).toList();
            require(said.contains(wanted),
                    "supports(PLUGIN) is false; expected '" + wanted + "', the engine says " + said);
        }
    }

    void presetsAreUnderstood(Path folder) throws IOException {
        var text = classes().presets();
        if (text.isEmpty()) {
            return;
        }
        var source = new OneDialect(subject.spi(), text);
        var presets = new Presets(Dialects.of(new ClassLoader(null) {}, List.of(source)), folder.resolve("none"));
        var found = presets.all();
        presets.problems().stream().findFirst().ifPresent(problem -> fail(problem.message()));
        require(!found.isEmpty(), "the presets file holds no preset");
        for (var preset : found) {
            require(preset.dialect().equals(subject.spi().descriptor().id()),
                    "the preset " + preset.id() + " is for the dialect " + preset.dialect() + ", which is another one");
            made(preset);
        }
    }

    private void made(Preset preset) {
        // What stands in braces is asked of the user.
        var config = ProviderConfig.builder(preset.id())
                .baseUrl(preset.baseUrl().replaceAll("[{]([a-z-]+)[}]", "$1"));
        preset.provider().text("api-version").ifPresent(config::apiVersion);
        preset.provider().text("auth").flatMap(AuthStyle::parse).ifPresent(config::authStyle);
        preset.provider().object("quirks").ifPresent(config::quirks);
        preset.provider().object("options").ifPresent(config::options);
        try {
            Verdict.require(subject.spi().create(config.build()) != null, "create gave null");
        } catch (ConfigurationException e) {
            fail("the dialect does not take the preset " + preset.id() + ": " + e.getMessage());
        }
    }
}
