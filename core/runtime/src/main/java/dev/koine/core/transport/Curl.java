package dev.koine.core.transport;

import dev.koine.api.Json;
import dev.koine.spi.Auth;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.HttpCall;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes a call as a {@code curl} command for a POSIX shell, in which a variable stands for the key. */
final class Curl {
    private Curl() {}

    static String of(HttpCall call, List<HeaderLine> headers, boolean hasQueryKey, UnaryOperator<String> redact) {
        var parts = new ArrayList<String>();
        String method = call.body().isPresent() ? "POST" : "GET";
        String option = call.method().equals(method) ? "" : "-X " + call.method() + " ";
        String url = redact.apply(call.uri().toString());
        if (hasQueryKey && call.auth() instanceof Auth.Query(var name, var reference)) {
            String separator = call.uri().getRawQuery() == null ? "?" : "&";
            parts.add("curl " + option + expanded(url + separator + BaseUrl.encode(name) + "=", variable(reference)));
        } else {
            parts.add("curl " + option + literal(url));
        }
        for (var line : headers) {
            String start = line.name().toLowerCase(Locale.ROOT) + ": " + line.scheme();
            parts.add("-H " + (line.isSecret() ? expanded(start, variable(line.reference()))
                    : literal(redact.apply(start + line.value()))));
        }
        call.body().map(Json::toString).ifPresent(body -> parts.add("-d " + literal(redact.apply(body))));
        return String.join(" \\\n  ", parts);
    }

    private static String variable(Optional<SecretRef> reference) {
        return reference.map(SecretRef::reference).filter(text -> text.matches("env:[A-Za-z_][A-Za-z0-9_]*"))
                .map(text -> "$" + text.substring("env:".length())).orElse("$API_KEY");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String expanded(String text, String variable) {
        return "\"" + text.replaceAll("[\\\\\"$`]", "\\\\$0") + variable + "\"";
    }
}
