package dev.koine.core.plugin;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import dev.koine.core.dialect.DialectSource;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.PresetText;
import dev.koine.core.dialect.Presets;
import dev.koine.core.plugin.PluginVerdict.Check;
import dev.koine.core.plugin.PluginVerdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies a plugin wherever it lies, trusted or not: first by reading it, then, if nothing speaks against it, by loading
 * it in a Java process of its own. Leaves nothing behind and asks nothing of any endpoint.
 */
final class Verification {
    private static final Set<Kind> FILE = EnumSet.of(Kind.UNREADABLE, Kind.ARCHIVE);
    private static final Set<Kind> IDS = EnumSet.of(Kind.DESCRIPTOR, Kind.RESERVED, Kind.DUPLICATE);

    private final Duration limit;
    private final List<Check> checks = new ArrayList<>();

    private Verification(Duration limit) {
        this.limit = limit;
    }

    /**
     * Verify a plugin.
     *
     * @param limit how long one call into it may take
     */
    static PluginVerdict of(PluginFile file, Duration limit) throws IOException {
        Path room = Files.createTempDirectory("koine-verify-");
        try {
            return new Verification(limit).verdict(file, new PluginCache(room));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderFailure.of(FailureKind.CANCELLED, "cancelled").toException();
        } finally {
            try (var left = Files.walk(room)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private PluginVerdict verdict(PluginFile file, PluginCache room) throws IOException, InterruptedException {
        var content = PluginContent.read(file);
        var found = content.problems();
        add("file", "a jar that can be opened", of(found, FILE));
        boolean readable = of(found, FILE).isEmpty();
        after(readable, "bundled", "nothing of Koine in it", of(found, EnumSet.of(Kind.RESERVED)));
        after(readable, "java", "compiled for this Java", of(found, EnumSet.of(Kind.CLASS_VERSION)));
        after(readable, "content", "a dialect or presets in it", of(found, EnumSet.of(Kind.EMPTY)));
        boolean dialect = content.form().isPresent() && content.form().get() != PluginInfo.Form.DATA;
        String data = dialect ? "the checks before it failed" : "it has no dialect";
        boolean read = dialect && of(found, EnumSet.of(Kind.SPI_VERSION, Kind.UNRESOLVED)).size() == found.size();
        either(read, data, "spi-version", "compiled against an SPI that runs here",
                of(found, EnumSet.of(Kind.SPI_VERSION)));
        either(read && of(found, EnumSet.of(Kind.SPI_VERSION)).isEmpty(),
                data, "modules", "modules that fit together", of(found, EnumSet.of(Kind.UNRESOLVED)));
        either(readable && dialect, data, "services", "module-info and META-INF/services say the same",
                content.servicesProblems(file));
        if (content.form().equals(Optional.of(PluginInfo.Form.CLASS_PATH))) {
            note("it is no module; it runs all the same, and would be checked better as one");
        }
        presets(file, content, readable);
        String sha256 = readable ? file.sha256() : "";
        var copy = found.isEmpty() && dialect ? room.copy(file, sha256) : Optional.<PluginFile>empty();
        var trial = copy.isPresent() ? Trial.rehearsed(file, copy.get(), content.form().orElseThrow(), limit)
                : new Trial(List.of(), List.of());
        boolean tried = copy.isPresent();
        var failed = trial.problems().stream().filter(problem -> !IDS.contains(problem.kind())).toList();
        either(tried, data, "start", "starts in a Java process of its own", failed);
        either(tried, data, "ids", "ids that are lawful and free", ids(file, trial));
        contract(tried && !trial.dialects().isEmpty(), tried ? "it did not start" : data, trial);
        var problems = checks.stream().flatMap(check -> check.problems().stream()).toList();
        var presets = content.presets().stream().flatMap(text -> Presets.idsIn(text).stream()).distinct().toList();
        return new PluginVerdict(new PluginInfo(file.name(), file.path(),
                problems.isEmpty() ? PluginInfo.State.FOUND : PluginInfo.State.REFUSED,
                Optional.of(sha256).filter(text -> !text.isEmpty()), content.form(), content.version(),
                content.spiVersion(), trial.dialects().stream().map(TrustedPlugin.Dialect::id).toList(), presets,
                Optional.empty(), problems), checks);
    }

    private void contract(boolean possible, String reason, Trial trial) {
        either(possible, reason, "contract", "keeps its contract in a rehearsal", trial.rehearsal());
        if (possible && !trial.skipped().isEmpty()) {
            note("left out: " + String.join("; ", trial.skipped()));
        }
    }

    /** Add to the last check what else is worth knowing. */
    private void note(String text) {
        var last = checks.removeLast();
        checks.add(new Check(last.id(), last.title(), last.outcome(), last.problems(), Optional.of(text)));
    }

    private static List<DialectProblem> ids(PluginFile file, Trial trial) {
        var problems = new ArrayList<>(of(trial.problems(), IDS));
        var builtIn = Dialects.of(List.of()).builtInIds();
        trial.dialects().stream().filter(dialect -> builtIn.contains(dialect.id()))
                .forEach(dialect -> problems.add(new DialectProblem(Kind.DUPLICATE, file.name(),
                        Optional.of(file.path()), "the dialect '" + dialect.id() + "' is built in",
                        Optional.of("give the dialect another id"))));
        return problems;
    }

    private void presets(PluginFile file, PluginContent content, boolean readable) {
        var texts = content.presets();
        either(readable && !texts.isEmpty(), readable ? "it has no presets" : "the checks before it failed", "presets",
                "presets that can be read and are new",
                texts.isEmpty() ? List.of()
                        : new Presets(Dialects.of(List.of(new Texts(texts))), file.path().resolve("none")).problems()
                                .stream()
                                .filter(problem -> problem.file().equals(Optional.of(texts.getFirst().file())))
                                .toList());
    }

    /** The presets of one plugin, as if it were trusted. */
    private record Texts(List<PresetText> presetTexts) implements DialectSource {
        @Override
        public List<DialectInfo> dialects() {
            return List.of();
        }

        @Override
        public Optional<DialectHandle> open(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<DialectProblem> explain(String id) {
            return Optional.empty();
        }

        @Override
        public List<String> presetIds() {
            return presetTexts.stream().flatMap(text -> Presets.idsIn(text).stream()).toList();
        }

        @Override
        public List<DialectProblem> problems() {
            return List.of();
        }
    }

    private static List<DialectProblem> of(List<DialectProblem> problems, Set<Kind> kinds) {
        return problems.stream().filter(problem -> kinds.contains(problem.kind())).toList();
    }

    private void after(boolean possible, String id, String title, List<DialectProblem> problems) {
        either(possible, "the checks before it failed", id, title, problems);
    }

    private void either(boolean possible, String reason, String id, String title, List<DialectProblem> problems) {
        if (possible || !problems.isEmpty()) {
            add(id, title, problems);
        } else {
            checks.add(new Check(id, title, Outcome.SKIPPED, List.of(), Optional.of(reason)));
        }
    }

    private void add(String id, String title, List<DialectProblem> problems) {
        checks.add(new Check(id, title, problems.isEmpty() ? Outcome.PASS : Outcome.FAIL, problems,
                Optional.empty()));
    }
}
