package dev.koine.testkit;

import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assertions.fail;

import dev.koine.api.Json;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.Plugins;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.HttpCall;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** How a dialect is packed. */
final class PackageRules {
    private static final Set<String> OPEN = Set.of("dev.koine.api", "dev.koine.spi", "dev.koine.openai.wire");

    private static final Pattern PLACEHOLDER = Pattern.compile("[{]([a-z-]+)[}]");
    private static final Pattern HOST = Pattern.compile("([*][.])?[a-z0-9-]+([.][a-z0-9-]+)+");

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
        var requests = new TreeMap<String, String>();
        for (var preset : found) {
            check(preset);
            request(preset).ifPresent(call -> requests.put(preset.id(), call.uri() + " " + Asked.word(call.auth())));
        }
        var wanted = Verdict.given("presetRequests()", subject.contract()::presetRequests);
        if (!wanted.isEmpty()) {
            require(requests.keySet().equals(wanted.keySet()),
                    "the presets are " + requests.keySet() + ", presetRequests() has "
                            + new TreeSet<>(wanted.keySet()));
            requests.forEach((id, request) -> require(request.equals(wanted.get(id)),
                    "the first request of " + id + " goes to " + request + ", not to " + wanted.get(id)));
        }
    }

    private void check(Preset preset) {
        var descriptor = subject.spi().descriptor();
        String name = "the preset " + preset.id();
        require(preset.dialect().equals(descriptor.id()),
                name + " is for the dialect " + preset.dialect() + ", which is another one");
        require(preset.source().startsWith("https://"), name + " names no https source of its facts");
        require(preset.keyEnv().stream().allMatch(key -> key.matches("[A-Z][A-Z0-9_]*")),
                name + " has a key-env that is no variable: " + preset.keyEnv());
        var asked = PLACEHOLDER.matcher(preset.baseUrl()).results().map(found -> found.group(1)).toList();
        require(preset.ask().containsAll(asked), name + " does not ask for " + asked);
        require(preset.local() == preset.detect().isPresent(),
                name + " is local without 'detect', or the other way round");
        preset.match().ifPresent(match -> require(match.hosts().stream().allMatch(host -> HOST.matcher(host).matches()),
                name + " matches something that is no host: " + match.hosts()));
        declared(name, "option", descriptor.options(), preset.provider().object("options"));
        declared(name, "quirk", descriptor.quirks(), preset.provider().object("quirks"));
    }

    private static void declared(String name, String what, List<ConfigKey> keys, Optional<Json.Obj> set) {
        var known = keys.stream().map(ConfigKey::name).toList();
        set.orElse(Json.EMPTY).members().keySet().stream().filter(key -> !known.contains(key)).findFirst()
                .ifPresent(
                        key -> fail(name + " sets the " + what + " '" + key + "', which the dialect does not declare"));
    }

    private Optional<HttpCall> request(Preset preset) {
        // What stands in braces is asked of the user.
        var config = ProviderConfig.builder(preset.id())
                .baseUrl(PLACEHOLDER.matcher(preset.baseUrl()).replaceAll("$1"));
        var table = preset.provider();
        table.text("api-version").ifPresent(config::apiVersion);
        table.text("auth").flatMap(AuthStyle::parse).ifPresent(config::authStyle);
        table.object("quirks").ifPresent(config::quirks);
        table.object("options").ifPresent(config::options);
        try {
            return switch (subject.spi().create(config.build())) {
                case HttpDialect dialect -> Optional.of(dialect.chat(ModelTarget.of("m"), Asked.plain(true)));
                case DirectProvider direct -> {
                    direct.close();
                    yield Optional.empty();
                }
            };
        } catch (ConfigurationException e) {
            return fail("the dialect does not take the preset " + preset.id() + ": " + e.getMessage());
        }
    }
}
