package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.PresetText;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a plugin without loading a class of it.
 *
 * @param form how it is to be loaded; empty when it holds nothing
 * @param version its own version
 * @param spiVersion the version of the SPI that it was compiled against
 * @param presets its preset files
 * @param jars the jars that could be read
 * @param problems why it cannot be used; empty when nothing speaks against it
 */
record PluginContent(Optional<PluginInfo.Form> form, Optional<String> version, Optional<String> spiVersion,
        List<PresetText> presets, List<PluginJar> jars, List<DialectProblem> problems) {

    /** Read a plugin. */
    static PluginContent read(PluginFile file) {
        var jars = new ArrayList<PluginJar>();
        var problems = new ArrayList<DialectProblem>();
        for (Path path : file.jars()) {
            try {
                jars.add(PluginJar.read(file.name(), path, problems));
            } catch (UnfitFileException e) {
                problems.add(e.problem());
            } catch (IOException e) {
                String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                problems.add(problem(Kind.UNREADABLE, file.name(), path, path.getFileName() + " is no readable jar: "
                        + said, "copy it again; it may have been cut short"));
            }
        }
        boolean modular = ProviderSpi.class.getModule().isNamed();
        var entries = jars.stream().filter(jar -> !jar.provided().isEmpty() || jar.services().isPresent()).toList();
        Optional<PluginInfo.Form> form = Optional.empty();
        if (modular && jars.stream().anyMatch(jar -> !jar.provided().isEmpty())) {
            form = Optional.of(PluginInfo.Form.MODULES);
        } else if (jars.stream().anyMatch(jar -> jar.services().isPresent())) {
            form = Optional.of(PluginInfo.Form.CLASS_PATH);
        } else if (!entries.isEmpty()) {
            problems.add(problem(Kind.EMPTY, file.name(), file.path(),
                    "Koine runs on the class path here, where module-info is not read",
                    "add " + PluginJar.SERVICES + " to the jar, or run Koine on the module path"));
        } else if (jars.stream().anyMatch(jar -> jar.presets().isPresent() || jar.detection().isPresent())) {
            form = Optional.of(PluginInfo.Form.DATA);
        } else if (problems.isEmpty()) {
            problems.add(problem(Kind.EMPTY, file.name(), file.path(),
                    "it holds no dialect and no preset: no module that provides " + ProviderSpi.class.getName()
                            + ", no " + PluginJar.SERVICES + ", no " + PresetText.RESOURCE + ", no "
                            + PresetText.DETECTION,
                    "see that the jar was built with its resources"));
        }
        var spiVersion = entries.stream().flatMap(jar -> jar.spiVersion().stream()).findFirst();
        if (problems.isEmpty() && !entries.isEmpty()) {
            versionProblem(file.name(), file.path(), spiVersion).ifPresent(problems::add);
        }
        if (problems.isEmpty() && form.equals(Optional.of(PluginInfo.Form.MODULES))) {
            unresolved(file, jars).ifPresent(problems::add);
        }
        var version = (entries.isEmpty() ? jars : entries).stream().flatMap(jar -> jar.version().stream()).findFirst();
        var presets = jars.stream().flatMap(jar -> jar.presets().stream()).toList();
        return new PluginContent(form, version, spiVersion, presets, List.copyOf(jars), List.copyOf(problems));
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
                    "compile its module-info against Koine's own koine-spi jar, or put '" + PluginJar.SPI_VERSION + ": "
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

    /**
     * Return what is wrong with the entries by which its dialects are found: what a module provides stands in
     * {@code META-INF/services} as well, and the other way round, so that the plugin runs wherever Koine does.
     */
    List<DialectProblem> servicesProblems(PluginFile file) {
        var found = new ArrayList<DialectProblem>();
        var classes = new HashSet<String>();
        jars.forEach(jar -> classes.addAll(jar.classes()));
        for (var jar : jars) {
            var services = jar.services().orElse(List.of());
            services.stream().filter(name -> !classes.contains(name)).forEach(name -> found.add(problem(Kind.SERVICES,
                    file.name(), jar.path(), PluginJar.SERVICES + " names " + name + ", and there is no such class",
                    "name the class that implements ProviderSpi, by its binary name")));
            if (jar.module().isPresent() && !new HashSet<>(services).equals(new HashSet<>(jar.provided()))) {
                found.add(problem(Kind.SERVICES, file.name(), jar.path(), "its module provides "
                        + named(jar.provided()) + ", and " + PluginJar.SERVICES + " names " + named(services),
                        "name the same classes in both"));
            }
        }
        return found;
    }

    private static String named(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** Return why the modules of a plugin do not fit together, if they do not. */
    private static Optional<DialectProblem> unresolved(PluginFile file, List<PluginJar> jars) {
        var byModule = new LinkedHashMap<String, PluginJar>();
        for (var jar : jars) {
            var module = jar.module();
            var first = module.isPresent() ? byModule.putIfAbsent(module.get().name(), jar) : null;
            if (first != null) {
                return Optional.of(problem(Kind.UNRESOLVED, file.name(), file.path(),
                        "it holds the module " + module.orElseThrow().name() + " twice: " + first.path().getFileName()
                                + " and " + jar.path().getFileName(),
                        "keep one of the two"));
            }
        }
        try {
            var _ = Resolution.of(file.path(), LoadedPlugin.host());
            return Optional.empty();
        } catch (FindException | ResolutionException e) {
            String said = Resolution.said(e);
            return Optional.of(problem(Kind.UNRESOLVED, file.name(), file.path(), said, Resolution.advice(said)));
        }
    }

    private static DialectProblem problem(Kind kind, String name, Path path, String message, String fix) {
        return new DialectProblem(kind, name, Optional.of(path), message, Optional.of(fix));
    }
}
