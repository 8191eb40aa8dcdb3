package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code curl} command, as the documents of services have it. */
final class PastedCurl {
    private static final Set<String> VALUES = Set.of("-H", "--header", "-d", "--data", "--data-raw", "--data-binary",
            "--data-urlencode", "--json", "-X", "--request", "--url", "-u", "--user", "-o", "--output", "-m",
            "--max-time",
            "-A", "--user-agent", "-b", "--cookie", "-c", "--cookie-jar", "-e", "--referer", "--connect-timeout",
            "--cacert", "-E", "--cert", "--key", "-x", "--proxy", "-U", "--proxy-user", "-w", "--write-out", "-F",
            "--form",
            "-K", "--config", "-T", "--upload-file", "-D", "--dump-header", "--retry", "--retry-delay", "--resolve",
            "--oauth2-bearer");
    private static final Set<String> DATA = Set.of("-d", "--data", "--data-raw", "--data-binary", "--json");
    private static final Set<String> LEFT = Set.of("-u", "--user", "--cacert", "-E", "--cert", "--key", "-x", "--proxy",
            "-U", "--proxy-user", "-K", "--config");

    private PastedCurl() {}

    static Optional<Pasted> read(String command) {
        List<String> tokens = tokens(command);
        var into = new Pasted.Collected();
        Optional<String> url = Optional.empty();
        for (int i = 1; i < tokens.size(); i++) {
            String token = tokens.get(i);
            int equals = token.startsWith("--") ? token.indexOf('=') : -1;
            String name = equals > 0 ? token.substring(0, equals) : token;
            if (VALUES.contains(name)) {
                boolean next = equals <= 0 && i + 1 < tokens.size();
                String value = equals > 0 ? token.substring(equals + 1) : next ? tokens.get(++i) : "";
                if (name.equals("--url")) {
                    url = Optional.of(value);
                } else {
                    option(into, name, value);
                }
            } else if (!token.startsWith("-") && (url.isEmpty() || !url.get().contains(".") && token.contains("://"))) {
                url = Optional.of(token);
            }
        }
        return url.filter(text -> !text.isEmpty()).map(into::done);
    }

    private static void option(Pasted.Collected into, String name, String value) {
        if (name.equals("-H") || name.equals("--header")) {
            into.header(value);
        } else if (name.equals("--oauth2-bearer")) {
            into.key(value);
        } else if (DATA.contains(name)) {
            JsonReader.read(value).filter(Json.Obj.class::isInstance)
                    .flatMap(body -> ((Json.Obj) body).text("model"))
                    .ifPresent(model -> into.option("--models", model));
        } else if (LEFT.contains(name)) {
            into.left(name);
        }
    }

    /** Takes a command apart as a POSIX shell does, and leaves variables as they stand. */
    private static List<String> tokens(String line) {
        var tokens = new ArrayList<String>();
        var token = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                if (next == '\r' && i + 1 < line.length() && line.charAt(i + 1) == '\n') {
                    i++;
                } else if (next != '\n') {
                    token.append(next);
                    begun = true;
                }
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    token.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    tokens.add(token.toString());
                    token.setLength(0);
                    begun = false;
                }
            } else {
                token.append(c);
                begun = true;
            }
        }
        if (begun) {
            tokens.add(token.toString());
        }
        return tokens;
    }
}
