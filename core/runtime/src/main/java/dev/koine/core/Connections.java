package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.config.ProviderSettings;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Recognition;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ProviderConfig;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings providers and dialects together: one provider instance for each entry of the registry. */
final class Connections {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)\\}");
    /** What may stand in a host or path without changing what is around it. */
    private static final Pattern FILLING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Supplier<Dialects> dialects;
    private final Map<Endpoint, Connection> open = new ConcurrentHashMap<>();

    /** What makes two entries one endpoint: presets and one-shot URLs get a fresh entry each time they are asked for. */
    private record Endpoint(String id, ProviderEntry.From from, String name, Optional<SecretRef> key,
            ProviderSettings settings) {}

    Connections(Supplier<Dialects> dialects) {
        this.dialects = requireNonNull(dialects, "dialects is null");
    }

    /**
     * Return the connection to a provider.
     *
     * @throws ConfigurationException if its settings cannot work
     */
    Connection to(ProviderEntry entry) {
        var settings = entry.settings();
        var endpoint = new Endpoint(entry.id(), entry.from(), entry.name(), entry.key(),
                new ProviderSettings(settings.id(), settings.table(), Map.of()));
        // What a plugin that is replaced or gone has left behind is not asked again, and not kept.
        var known = Optional.ofNullable(open.get(endpoint));
        if (known.isEmpty() || !known.get().handle().isCurrent()) {
            open.values().removeIf(connection -> !connection.handle().isCurrent());
        }
        return open.computeIfAbsent(endpoint, _ -> connect(entry));
    }

    /**
     * Return the connection to a provider for one request, to be closed when that is over.
     *
     * @throws ConfigurationException if its settings cannot work
     */
    LeasedConnection lease(ProviderEntry entry) {
        while (true) {
            var connection = to(entry);
            var lease = connection.handle().lease();
            if (lease.isPresent()) {
                return new LeasedConnection(connection, lease.get());
            }
        }
    }

    private Connection connect(ProviderEntry entry) {
        entry.settings().preset().filter(_ -> entry.preset().isEmpty())
                .flatMap(preset -> dialects.get().missingPreset(preset)).ifPresent(problem -> {
                    throw failure("preset", problem);
                });
        var config = config(entry);
        var handle = dialect(entry, entry.settings(), config.baseUrl());
        var notices = new ArrayList<Notice>();
        handle.spi().notices(config).forEach(text -> notices.add(Notice.of(text)));
        return new Connection(entry, config, handle.spi().create(config), handle, notices);
    }

    /** Return a provider's configuration as a dialect sees it, whichever dialect that is. */
    static ProviderConfig config(ProviderEntry entry) {
        var settings = entry.settings();
        if (settings.preset().isPresent() && entry.preset().isEmpty()) {
            throw new ConfigurationException("preset", "there is no preset " + settings.preset().get() + ", on which "
                    + entry.id() + " builds");
        }
        var base = settings.baseUrl().map(written -> BaseUrl.parse(filled(written, settings)));
        var builder = ProviderConfig.builder(entry.id()).options(settings.options()).quirks(settings.quirks());
        base.ifPresent(builder::baseUrl);
        settings.apiPath().ifPresent(builder::apiPath);
        settings.deployment().ifPresent(builder::deployment);
        settings.apiVersion().ifPresent(builder::apiVersion);
        settings.auth().flatMap(AuthStyle::parse).ifPresent(builder::authStyle);
        entry.key().ifPresent(builder::apiKey);
        return builder.build();
    }

    private DialectHandle dialect(ProviderEntry entry, ProviderSettings settings, Optional<BaseUrl> base) {
        if (settings.dialect().isPresent()) {
            return named(settings.dialect().get());
        }
        var url = base.orElseThrow(() -> new ConfigurationException("base-url",
                entry.id() + " has neither a base-url nor a dialect"));
        return switch (dialects.get().recognise(url, entry.from() == ProviderEntry.From.ONE_SHOT)) {
            case Recognition.Recognised(var id, var claim, var preset) -> named(id);
            case Recognition.Tied(var claims, var message) -> throw new ConfigurationException("dialect", message);
            case Recognition.Unknown(var message) -> throw new ConfigurationException("dialect", message);
        };
    }

    private DialectHandle named(String id) {
        return dialects.get().find(id).orElseThrow(() -> {
            var problem = dialects.get().missing(id);
            return problem.kind() == DialectProblem.Kind.MISSING && problem.file().isEmpty()
                    ? new ConfigurationException("dialect", problem.message())
                    : failure("dialect", problem);
        });
    }

    /** What a plugin has and cannot be had is the plugin's failure, not a mistake in the configuration. */
    private static ProviderFailureException failure(String field, DialectProblem problem) {
        var failure = ProviderFailure.builder(FailureKind.PLUGIN).message(problem.message()).field(field)
                .why("nothing was sent; other providers work as before");
        problem.fix().ifPresent(failure::fix);
        return failure.build().toException();
    }

    private static String filled(String written, ProviderSettings settings) {
        return PLACEHOLDER.matcher(written).replaceAll(found -> Matcher.quoteReplacement(
                value(found, settings).orElse(found.group())));
    }

    private static Optional<String> value(MatchResult found, ProviderSettings settings) {
        String name = found.group(1);
        var value = switch (name) {
            case "resource" -> settings.resource();
            case "deployment" -> settings.deployment();
            default -> settings.options().text(name);
        };
        value.filter(text -> !FILLING.matcher(text).matches()).ifPresent(text -> {
            throw new ConfigurationException(name, "'" + text + "' cannot stand for {" + name
                    + "} in base-url: letters, digits, dots and dashes can");
        });
        return value;
    }

    /** Close the providers that hold something: all of them, also where one of them fails to. */
    void close() {
        var failed = new ArrayList<RuntimeException>();
        for (var connection : open.values()) {
            if (connection.provider() instanceof DirectProvider direct) {
                try {
                    direct.close();
                } catch (RuntimeException e) {
                    failed.add(e);
                }
            }
        }
        open.clear();
        if (!failed.isEmpty()) {
            failed.stream().skip(1).forEach(failed.getFirst()::addSuppressed);
            throw failed.getFirst();
        }
    }
}
