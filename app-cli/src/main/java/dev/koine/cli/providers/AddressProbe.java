package dev.koine.cli.providers;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.terminal.Shell;
import dev.koine.core.detection.Effort;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.registry.OneShot;
import dev.koine.spi.BaseUrl;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks an address that is about to be saved how it speaks, where its URL alone does not say. This machine is asked at once:
 * it is named, and nobody else sees it. Another one is asked after a yes or with {@code --probe}; nobody by {@code --probe=no},
 * {@code --no-test} or {@code --dry-run}.
 */
final class AddressProbe {
    /** Where encryption was taken for granted and may be what is wrong. */
    private static final Set<FailureKind> ENCRYPTION = Set.of(FailureKind.TLS, FailureKind.REFUSED,
            FailureKind.CONNECTION_LOST, FailureKind.CONNECT_TIMEOUT);

    private final Context context;

    AddressProbe(Context context) {
        this.context = context;
    }

    /**
     * Ask it.
     *
     * @param written the URL as it was given
     * @param base the same, read
     * @return what it said; empty where it was not asked, or gave no answer to build on
     */
    Optional<ProbeReport> ask(String written, BaseUrl base) {
        var effort = effort(base);
        if (effort.isEmpty()) {
            return Optional.empty();
        }
        var report = probe(written, effort.get());
        if (report.flatMap(ProbeReport::failure).filter(failed -> ENCRYPTION.contains(failed.kind())).isPresent()
                && !written.contains("://")) {
            var open = probe("http://" + written, effort.get()).filter(other -> other.failure().isEmpty());
            if (open.isPresent()) {
                context.notice("nothing answers by https there, and http does; http:// is used");
                report = open;
            }
        }
        report.ifPresent(this::tell);
        return report.filter(found -> found.endpoint().isPresent()).filter(found -> isMeant(base, found));
    }

    private Optional<Effort> effort(BaseUrl base) {
        var arguments = context.arguments();
        boolean quiet = arguments.has("--no-test") || arguments.has(ConfigEdit.DRY_RUN);
        if (arguments.has("--probe") || quiet) {
            return ProvidersProbe.level(context, Optional.empty()).filter(_ -> !arguments.has(ConfigEdit.DRY_RUN));
        }
        if (base.origin().isLoopback()) {
            return Optional.of(Effort.FREE);
        }
        boolean said = base.isExact() || base.hasVersionSegment();
        if (said || !context.canPrompt()) {
            return Optional.empty();
        }
        return context.globals().yes() || yes("Ask " + base.origin().host()
                + " how it speaks? A few free questions, without a key. [Y/n] ", "--probe=free")
                        ? Optional.of(Effort.FREE) : Optional.empty();
    }

    private boolean yes(String question, String flag) {
        context.out().flush();
        String answer = context.ask(question, flag);
        return answer.isEmpty() || answer.toLowerCase(Locale.ROOT).startsWith("y");
    }

    private Optional<ProbeReport> probe(String url, Effort effort) {
        try {
            var key = context.arguments().text("--key-ref").filter(reference -> !reference.equals(KeyText.NONE));
            var entry = context.koine().registry().oneShot(new OneShot(url, Optional.empty(), key,
                    context.arguments().text("--api-version"), Map.of()));
            return Optional.of(context.koine().probe(entry, effort));
        } catch (ProviderFailureException e) {
            context.notice("it was not asked how it speaks: " + e.failure().message());
            return Optional.empty();
        }
    }

    private void tell(ProbeReport report) {
        if (context.globals().format() == Format.TEXT) {
            new ProbePrinter(context).brief(report);
        }
        if (report.failure().isPresent()) {
            context.notice("nobody answers there yet, so that the URL alone decides: "
                    + report.failure().get().message());
        } else if (report.endpoint().isEmpty()) {
            context.notice("no answer shows where chat completions go, so that the URL alone decides");
        }
    }

    /** Another address than the one that was given is a suggestion, and not taken unasked. */
    private boolean isMeant(BaseUrl base, ProbeReport report) {
        var endpoint = report.endpoint().orElseThrow();
        if (endpoint.base().segments().equals(base.segments())) {
            return true;
        }
        if (context.globals().yes() || context.canPrompt()
                && yes("It answers at " + endpoint.base() + ". Use that address? [Y/n] ", "-y")) {
            return true;
        }
        context.notice("it answers at " + endpoint.base() + " and not where you said (koine providers add "
                + Shell.word(endpoint.base().toString()) + ")");
        return false;
    }
}
