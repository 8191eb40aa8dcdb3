package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ProviderFailureException;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.Claim;
import dev.koine.spi.ProviderSpi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The dialects by id: those that are part of the program, found by {@link ServiceLoader}, and those of further
 * {@linkplain DialectSource sources}. The program's own are looked for when one is first asked for, and kept; a source
 * is asked each time, and loads a dialect only when that one is wanted. Where an id is there twice the first has it,
 * the program's own before a source's, and {@link #problems()} names both.
 *
 * <p>Safe for use by several threads.
 */
public final class Dialects {
    private final Supplier<ServiceLoader<ProviderSpi>> services;
    private final List<DialectSource> sources;
    private final Map<String, DialectProblem> faults = new ConcurrentHashMap<>();
    private volatile Optional<BuiltIns> builtIns = Optional.empty();

    private Dialects(Supplier<ServiceLoader<ProviderSpi>> services, List<? extends DialectSource> sources) {
        this.services = services;
        this.sources = List.copyOf(sources);
    }

    /** Return the dialects of the module path, or of the class path when Koine itself is there, and of these sources. */
    public static Dialects of(List<? extends DialectSource> sources) {
        var layer = ProviderSpi.class.getModule().getLayer();
        return layer == null
                ? new Dialects(() -> ServiceLoader.load(ProviderSpi.class, ProviderSpi.class.getClassLoader()), sources)
                : of(layer, sources);
    }

    /** Return the dialects of a layer and its parents, and of these sources. */
    public static Dialects of(ModuleLayer layer, List<? extends DialectSource> sources) {
        requireNonNull(layer, "layer is null");
        return new Dialects(() -> ServiceLoader.load(layer, ProviderSpi.class), sources);
    }

    /** Return the dialects that a class loader finds, and those of these sources. */
    public static Dialects of(ClassLoader loader, List<? extends DialectSource> sources) {
        requireNonNull(loader, "loader is null");
        return new Dialects(() -> ServiceLoader.load(ProviderSpi.class, loader), sources);
    }

    /**
     * Return a dialect, loaded.
     *
     * @return the dialect; empty when there is none of this id, or when it cannot be loaded, which {@link #problems()}
     *     then tells
     */
    public Optional<DialectHandle> find(String id) {
        var own = builtIns().handles().get(id);
        if (own != null) {
            return Optional.of(own);
        }
        return ReservedIds.contains(id) ? Optional.empty()
                : sources.stream().flatMap(source -> source.open(id).stream()).findFirst();
    }

    /** Return the dialects, the program's own first and by id, without loading one of a source. */
    public List<DialectInfo> list() {
        var infos = new LinkedHashMap<String, DialectInfo>();
        builtIns().handles().values().forEach(handle -> infos.put(handle.id(), handle.info()));
        sources.forEach(source -> source.dialects().stream().filter(info -> !ReservedIds.contains(info.id()))
                .forEach(info -> infos.putIfAbsent(info.id(), info)));
        return List.copyOf(infos.values());
    }

    /** Return the ids of the dialects, the program's own first, without loading one of a source. */
    public Set<String> ids() {
        var ids = new LinkedHashSet<String>();
        list().forEach(info -> ids.add(info.id()));
        return ids;
    }

    /** Return the ids of the program's own dialects. */
    public Set<String> builtInIds() {
        return new LinkedHashSet<>(builtIns().handles().keySet());
    }

    /** Say why {@link #find} has no dialect of this id: it is unknown, or what should have it is broken. */
    public DialectProblem missing(String id) {
        return sources.stream().flatMap(source -> source.explain(id).stream()).findFirst()
                .orElseGet(() -> new DialectProblem(Kind.MISSING, id, Optional.empty(),
                        ids().isEmpty() ? "no dialect is installed" : "no installed dialect is called '" + id
                                + "' (installed: " + String.join(", ", ids()) + ")",
                        Optional.of("drop the plugin that has it into the plugins folder, or name another dialect")));
    }

    /** Say why there is no preset of this id although something installed has it; empty when nothing has. */
    public Optional<DialectProblem> missingPreset(String id) {
        return sources.stream().flatMap(source -> source.explainPreset(id).stream()).findFirst();
    }

    /**
     * Ask the dialects which of them speaks to a base URL. Nothing is asked of the endpoint.
     *
     * @param base the URL
     * @param askPlugins whether dialects of the sources are loaded and asked as well
     * @return the one with the strongest claim, or those that share it, or none
     */
    public Recognition recognise(BaseUrl base, boolean askPlugins) {
        var claims = new ArrayList<Recognition.Recognised>();
        for (var info : list()) {
            if (askPlugins || info.origin() instanceof DialectOrigin.BuiltIn) {
                find(info.id()).flatMap(handle -> claim(handle, base)).ifPresent(
                        claim -> claims.add(new Recognition.Recognised(info.id(), claim, Optional.empty())));
            }
        }
        var best = claims.stream().map(claimed -> claimed.claim().strength()).max(Comparator.naturalOrder());
        if (best.isEmpty()) {
            return new Recognition.Unknown(unknown(base));
        }
        var strongest = claims.stream().filter(claimed -> claimed.claim().strength() == best.get())
                .sorted(Comparator.comparing(Recognition.Recognised::dialect)).toList();
        return strongest.size() == 1 ? strongest.getFirst() : new Recognition.Tied(strongest, tied(base, strongest));
    }

    /** Return what is wrong, as far as it is known by now. */
    public List<DialectProblem> problems() {
        var problems = new ArrayList<>(builtIns().problems());
        var known = new LinkedHashMap<String, DialectInfo>();
        builtIns().handles().values().forEach(handle -> known.put(handle.id(), handle.info()));
        for (var source : sources) {
            problems.addAll(source.problems());
            for (var info : source.dialects()) {
                var first = known.putIfAbsent(info.id(), info);
                if (first != null && !first.equals(info)) {
                    problems.add(new DialectProblem(Kind.DUPLICATE, info.id(), file(info), "the dialect '" + info.id()
                            + "' is there twice: " + place(first) + " and " + place(info) + "; the first is used",
                            Optional.of("remove the second")));
                }
            }
        }
        problems.addAll(faults.values());
        return problems;
    }

    /** Look for the program's own dialects again when one is next asked for. */
    public void refresh() {
        builtIns = Optional.empty();
    }

    /** Return a number that differs when what the sources have may have changed. */
    long stamp() {
        return sources.stream().mapToLong(DialectSource::stamp).sum();
    }

    List<DialectSource> sources() {
        return sources;
    }

    /** Return the preset files of the program's own dialects. */
    List<PresetText> presetTexts() {
        return texts(PresetText.RESOURCE);
    }

    /** Return the files that say which answers mean what: those of the program's own dialects, then those of the sources. */
    public List<PresetText> detectionTexts() {
        var texts = new ArrayList<>(texts(PresetText.DETECTION));
        sources.forEach(source -> texts.addAll(source.detectionTexts()));
        return texts;
    }

    /** Return the files of facts about models that the program's own dialects carry. */
    public List<PresetText> catalogueTexts() {
        return texts(PresetText.CATALOGUE);
    }

    private List<PresetText> texts(String resource) {
        var texts = new LinkedHashMap<Path, PresetText>();
        for (var type : builtIns().types()) {
            try {
                texts(type, resource).forEach(text -> texts.putIfAbsent(text.file(), text));
            } catch (IOException e) {
                faults.put(type.getName(), DialectProblem.of(Kind.PRESET, type.getName(),
                        resource + " cannot be read: " + e.getMessage()));
            }
        }
        return List.copyOf(texts.values());
    }

    /** What is part of the program. */
    private record BuiltIns(Map<String, DialectHandle> handles, List<DialectProblem> problems, List<Class<?>> types) {}

    private BuiltIns builtIns() {
        var known = builtIns;
        if (known.isPresent()) {
            return known.get();
        }
        synchronized (this) {
            if (builtIns.isEmpty()) {
                builtIns = Optional.of(scan());
            }
            return builtIns.orElseThrow();
        }
    }

    private BuiltIns scan() {
        var found = ProviderScan.of("built in", services.get(), type -> true);
        // A module graph has no order of its own; lists, and who has an id first, should not change from run to run.
        var scan = new ProviderScan(found.providers().stream()
                .sorted(Comparator.comparing(provider -> provider.type().getName())).toList(), found.problems());
        var opened = scan.open();
        var handles = new LinkedHashMap<String, DialectHandle>();
        opened.handles().stream().sorted(Comparator.comparing(DialectHandle::id))
                .forEach(handle -> handles.put(handle.id(), handle));
        return new BuiltIns(handles, opened.problems(),
                scan.providers().stream().<Class<?>>map(ServiceLoader.Provider::type).toList());
    }

    // Only the metadata of the class is used: the provider itself need not even load.
    private static List<PresetText> texts(Class<?> type, String resource) throws IOException {
        var module = type.getModule();
        var texts = new ArrayList<PresetText>();
        if (module.isNamed()) {
            try (InputStream in = module.getResourceAsStream(resource)) {
                if (in != null) {
                    var file = Path.of(module.getName(), resource.substring(resource.lastIndexOf('/') + 1));
                    texts.add(new PresetText(module.getName(), file, text(in)));
                }
            }
        } else {
            var resources = type.getClassLoader().getResources(resource);
            while (resources.hasMoreElements()) {
                var found = resources.nextElement();
                try (InputStream in = found.openStream()) {
                    texts.add(new PresetText("class path", Path.of(found.getPath()), text(in)));
                }
            }
        }
        return texts;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private Optional<Claim> claim(DialectHandle handle, BaseUrl base) {
        try {
            return requireNonNull(handle.spi().recognise(base), "recognise gave null");
        } catch (RuntimeException | LinkageError e) {
            faults.put(handle.id(), new DialectProblem(Kind.PROVIDER, handle.id(), file(handle.info()),
                    "it failed to judge a URL: " + (e instanceof ProviderFailureException f ? f.failure().message()
                            : Faults.describe(e)),
                    Optional.empty()));
            return Optional.empty();
        }
    }

    private String unknown(BaseUrl base) {
        var ids = ids();
        return ids.isEmpty() ? "no dialect is installed, so nothing can speak to " + base
                : "no installed dialect recognises " + base + "; name one with --dialect (installed: "
                        + String.join(", ", ids) + ")";
    }

    private static String tied(BaseUrl base, List<Recognition.Recognised> claims) {
        return "several dialects claim " + base + ": " + String.join(", ", claims.stream()
                .map(claim -> claim.dialect() + " (" + claim.claim().reason() + ")").toList())
                + "; name one with --dialect";
    }

    private static String place(DialectInfo info) {
        return switch (info.origin()) {
            case DialectOrigin.BuiltIn builtIn -> builtIn.toString();
            case DialectOrigin.Plugin(var name, var file) -> "plugin " + name + " (" + file + ")";
        };
    }

    private static Optional<Path> file(DialectInfo info) {
        return info.origin() instanceof DialectOrigin.Plugin plugin ? Optional.of(plugin.file()) : Optional.empty();
    }
}
