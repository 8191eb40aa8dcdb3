package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.core.config.ProviderSettings;
import dev.koine.core.dialect.DialectHandle;
import dev.koine.core.dialect.DialectInfo;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.dialect.Recognition;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import dev.koine.spi.DirectProvider;
import dev.koine.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Brings providers and dialects together: one provider instance for each entry of the registry. */
final class Connections {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)\\}");

    private final Supplier<Dialects> dialects;
    private final Map<ProviderEntry, Connection> open = new ConcurrentHashMap<>();

    Connections(Supplier<Dialects> dialects) {
        this.dialects = requireNonNull(dialects, "dialects is null");
    }

    /**
     * Return the connection to a provider.
     *
     * @throws ConfigurationException if its settings cannot work
     */
    Connection to(ProviderEntry entry) {
        var known = open.get(entry);
        if (known != null) {
            return known;
        }
        var made = connect(entry);
        open.put(entry, made);
        return made;
    }

    private Connection connect(ProviderEntry entry) {
        var settings = entry.settings();
        var base = settings.baseUrl().map(written -> BaseUrl.parse(filled(written, settings)));
        var handle = dialect(entry, settings, base);
        var builder = ProviderConfig.builder(entry.id()).options(settings.options()).quirks(settings.quirks());
        base.ifPresent(builder::baseUrl);
        settings.apiPath().ifPresent(builder::apiPath);
        settings.deployment().ifPresent(builder::deployment);
        settings.apiVersion().ifPresent(builder::apiVersion);
        settings.auth().flatMap(AuthStyle::parse).ifPresent(builder::authStyle);
        entry.key().ifPresent(builder::apiKey);
        var config = builder.build();
        var notices = new ArrayList<Notice>();
        handle.spi().notices(config).forEach(text -> notices.add(Notice.of(text)));
        return new Connection(entry, config, handle.spi().create(config), handle.id(), notices);
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
        return dialects.get().find(id).orElseThrow(() -> new ConfigurationException("dialect",
                "there is no dialect " + id + "; installed: "
                        + String.join(", ", dialects.get().list().stream().map(DialectInfo::id).toList())));
    }

    private static String filled(String written, ProviderSettings settings) {
        return PLACEHOLDER.matcher(written).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                value(found, settings).orElse(found.group())));
    }

    private static Optional<String> value(MatchResult found, ProviderSettings settings) {
        return switch (found.group(1)) {
            case "resource" -> settings.resource();
            case "deployment" -> settings.deployment();
            default -> settings.options().text(found.group(1));
        };
    }

    /** Close the providers that hold something. */
    void close() {
        for (var connection : open.values()) {
            if (connection.provider() instanceof DirectProvider direct) {
                direct.close();
            }
        }
        open.clear();
    }
}
