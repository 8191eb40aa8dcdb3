package dev.koine.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.koine.cli.command.Context;
import dev.koine.cli.config.DialectChecks;
import dev.koine.cli.doctor.Checkup.Findings;
import dev.koine.cli.doctor.Checkup.Severity;
import dev.koine.cli.providers.KeptKey;
import dev.koine.core.Koine;
import dev.koine.core.config.ConfigProblem;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.plugin.PluginInfo;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.SecretException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at what the user has set up: configuration, keys, plugins. Nothing is sent. */
final class SettingsCheck {
    private static final Set<PosixFilePermission> OWN = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);

    private final Context context;

    SettingsCheck(Context context) {
        this.context = requireNonNull(context, "context is null");
    }

    Checkup configuration() {
        Koine koine = context.koine();
        var store = koine.configStore();
        var paths = store.paths();
        var findings = new Findings();
        List<ConfigProblem> problems = store.validate();
        boolean whole = problems.stream().noneMatch(SettingsCheck::isError);
        if (whole) {
            problems = store.validate(new DialectChecks(koine));
        }
        for (ConfigProblem problem : problems) {
            String text = (problem.line() > 0 ? paths.show(problem.file()) + ":" + problem.line() + ": " : "")
                    + problem.message();
            List<String> fix = List.of(problem.fix().orElse("koine config validate"));
            if (isError(problem)) {
                findings.problem(text, fix);
            } else {
                findings.warn(text, fix);
            }
        }
        List.of(paths.configFile(), paths.credentialsFile(), paths.pluginsLock())
                .forEach(file -> mode(file, paths, findings));
        if (whole) {
            facts(koine.registry(), paths, findings);
        }
        String file = paths.show(paths.configFile());
        if (!Files.exists(paths.configFile())) {
            return findings.in("Configuration", file + " is not there yet, which is fine");
        }
        int count = whole ? koine.config().providers().size() : -1;
        return findings.in("Configuration", file + (count < 0 ? ", invalid"
                : ", " + count + (count == 1 ? " provider" : " providers"))
                + permissions(paths.configFile()).map(set -> ", mode " + octal(set)).orElse(""));
    }

    /** A damaged catalogue is the user's own to mend; what was kept of endpoints' answers can be asked for again. */
    private static void facts(Registry registry, KoinePaths paths, Findings findings) {
        registry.catalogue().problems().forEach(problem -> findings.warn("catalogue " + problem,
                List.of("koine models catalogue          lists those that count")));
        Stream.concat(registry.cache().damaged().stream(), registry.probes().damaged().stream())
                .forEach(file -> findings.repairable(Severity.WARNING,
                        paths.show(file) + " is damaged, and counts for nothing",
                        "koine models refresh          asks for it again", () -> {
                            try {
                                Files.deleteIfExists(file);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }));
    }

    private static boolean isError(ConfigProblem problem) {
        return problem.severity() == ConfigProblem.Severity.ERROR;
    }

    /** What others can change can redirect a key; what others can read should hold none, except in its own store. */
    private static void mode(Path file, KoinePaths paths, Findings findings) {
        var set = permissions(file);
        boolean credentials = file.equals(paths.credentialsFile());
        if (set.isEmpty() || set.get().stream().noneMatch(one -> credentials && one.name().contains("READ")
                && !one.name().startsWith("OWNER")
                || one.name().contains("WRITE") && !one.name().startsWith("OWNER"))) {
            return;
        }
        findings.repairable(credentials ? Severity.PROBLEM : Severity.WARNING,
                paths.show(file) + " can be " + (credentials ? "read" : "changed") + " by others (" + octal(set.get())
                        + ")",
                "chmod 600 " + paths.quote(file), () -> {
                    try {
                        Files.setPosixFilePermissions(file, OWN);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Optional<Set<PosixFilePermission>> permissions(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.getPosixFilePermissions(file)) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // no such thing here
        }
    }

    private static String octal(Set<PosixFilePermission> set) {
        int mode = 0;
        String letters = PosixFilePermissions.toString(set);
        for (int i = 0; i < letters.length(); i++) {
            mode = mode * 2 + (letters.charAt(i) == '-' ? 0 : 1);
        }
        return String.format(java.util.Locale.ROOT, "0%o", mode);
    }

    Checkup keys() {
        var koine = context.koine();
        var findings = new Findings();
        int all = 0;
        int old = 0;
        for (ProviderEntry provider : koine.registry().providers()) {
            if (provider.from() != ProviderEntry.From.CONFIG || provider.key().isEmpty()
                    || !provider.settings().enabled()) {
                continue;
            }
            all++;
            var state = koine.secrets().describe(provider.key().get());
            String set = "koine keys set " + provider.id();
            switch (state.status()) {
                case NOT_SET -> findings.warn(provider.id() + ": nothing is in " + state.from(), List.of(set));
                case UNUSABLE -> findings.problem(
                        provider.id() + ": " + state.problem().map(SecretException::getMessage).orElse(state.from()),
                        List.of(state.problem().map(SecretException::fix).orElse(set)));
                case SET, NONE, NOT_ASKED -> {
                    var age = KeptKey.overAge(koine, state);
                    old += age.isPresent() ? 1 : 0;
                    age.ifPresent(time -> findings.warn(
                            provider.id() + ": the key is " + time.toDays() + " days old, older than keys.max-age",
                            List.of("koine keys rotate " + provider.id())));
                }
            }
        }
        int missing = findings.count() - old;
        List<String> movable = koine.secrets().movable();
        if (!movable.isEmpty()) {
            findings.repairable(Severity.WARNING, String.join(", ", movable) + (movable.size() == 1 ? ": its key lies"
                    : ": their keys lie") + " in a file, and the system keyring would keep "
                    + (movable.size() == 1 ? "it" : "them") + " encrypted",
                    "koine doctor --fix          moves "
                            + (movable.size() == 1 ? "it" : "them"),
                    () -> movable.forEach(koine.secrets()::move));
        }
        return findings.in("Keys", all == 0 ? "none is configured"
                : missing == 0 ? all + " of " + all + " there" : missing + " of " + all + " missing");
    }

    Checkup plugins() {
        var koine = context.koine();
        var findings = new Findings();
        List<PluginInfo> plugins = koine.plugins().list();
        for (PluginInfo plugin : plugins) {
            String why = plugin.problems().stream().findFirst().map(problem -> ": " + problem.message()).orElse("");
            switch (plugin.state()) {
                case FOUND -> findings.warn(plugin.name() + " waits to be trusted",
                        List.of("koine plugins trust " + plugin.name()));
                case REFUSED, FAILED, RETIRED -> findings.problem(plugin.name() + " is " + plugin.state().id() + why,
                        plugin.problems().stream().flatMap(problem -> problem.fix().stream()).findFirst()
                                .map(List::of).orElse(List.of("koine plugins list")));
                case RESOLVED, ACTIVE, DISABLED -> {
                }
            }
        }
        for (DialectProblem problem : koine.presets().problems()) {
            findings.warn(problem.message(), problem.fix().map(List::of).orElse(List.of()));
        }
        long trusted = plugins.stream().filter(plugin -> plugin.state() == PluginInfo.State.RESOLVED
                || plugin.state() == PluginInfo.State.ACTIVE).count();
        long waiting = plugins.stream().filter(plugin -> plugin.state() == PluginInfo.State.FOUND).count();
        return findings.in("Plugins", plugins.isEmpty() ? "none" : trusted + " trusted, " + waiting + " waiting");
    }
}
