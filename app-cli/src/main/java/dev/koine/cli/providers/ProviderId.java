package dev.koine.cli.providers;

import dev.koine.spi.BaseUrl;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes ids of providers: {@code My AI Service} is {@code my-ai-service}. */
public final class ProviderId {
    private static final List<String> PREFIXES = List.of("api", "www", "llm", "inference");

    private ProviderId() {}

    public static boolean isValid(String id) {
        return id.matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    /** Return the id that a display name suggests; empty where nothing of it can stand in an id. */
    public static String of(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** Return the id that a URL suggests: its host without what most hosts have. */
    public static String of(BaseUrl base) {
        String host = base.origin().host();
        if (host.startsWith("[") || host.matches("[0-9.]+")) {
            return of(host + "-" + base.origin().port());
        }
        List<String> labels = new ArrayList<>(Arrays.asList(host.split("\\.")));
        while (labels.size() > 2 && PREFIXES.contains(labels.getFirst())) {
            labels.removeFirst();
        }
        if (labels.size() > 1) {
            labels.removeLast();
        }
        String id = of(String.join("-", labels));
        return base.origin().isLoopback() ? id + "-" + base.origin().port() : id;
    }
}
