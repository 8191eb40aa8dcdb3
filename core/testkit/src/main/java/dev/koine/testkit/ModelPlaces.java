package dev.koine.testkit;

import static dev.koine.testkit.Verdict.require;

import dev.koine.api.Json;
import dev.koine.spi.HttpCall;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of a request in which the model's name stands: segments of the path, values of the query, texts of the
 * body. Another name must stand in the same places and change nothing else.
 */
final class ModelPlaces {
    static final List<String> HOSTILE = List.of("vendor/model:free", "a b", "größe-😀", "..", "../../admin", ".",
            "a?b=c",
            "a#b", "a%2Fb", "%2e%2e", "\"quoted\"", "back\\slash", "line\nbreak\r\nX-Injected: 1", "\u0000", "{model}",
            "a;b,c&d=e+f", "@host", "//evil.example/", "x".repeat(10_000));

    private final String name;
    private final Map<String, String> texts;

    ModelPlaces(String name, HttpCall call) {
        this.name = name;
        this.texts = texts(call);
    }

    /** Compare with the request of another model. */
    void compare(String other, HttpCall call) {
        var found = texts(call);
        require(found.keySet().equals(texts.keySet()), "the model " + shown(other)
                + " changes the shape of the request: " + shown(call.uri().toString()));
        texts.forEach((place, text) -> {
            String wanted = text.replace(name, other);
            String there = found.getOrDefault(place, "");
            require(there.equals(wanted),
                    "the model " + shown(other) + " is sent as '" + shown(there) + "' in " + place);
        });
        require(call.uri().normalize().equals(call.uri()), "the model " + shown(other)
                + " leads to another path, for servers and proxies that tidy it: " + shown(call.uri().toString()));
    }

    static String shown(String text) {
        String short_ = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return short_.replace("\n", "\\n").replace("\r", "\\r").replace("\u0000", "\\0");
    }

    private static Map<String, String> texts(HttpCall call) {
        var texts = new LinkedHashMap<String, String>();
        URI uri = call.uri();
        texts.put("the method", call.method());
        texts.put("the origin", uri.getScheme() + "://" + uri.getRawAuthority());
        int segment = 0;
        for (String part : (uri.getRawPath() + "").split("/", -1)) {
            texts.put("segment " + segment++ + " of the path", decoded(part.replace("+", "%2B")));
        }
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                texts.put("the query's " + key, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        if (uri.getRawFragment() != null) {
            texts.put("the fragment", uri.getRawFragment());
        }
        call.headers().forEach((header, value) -> texts.put("the header " + header, value));
        call.body().ifPresent(body -> gather("the body", body, texts));
        return texts;
    }

    private static void gather(String place, Json value, Map<String, String> texts) {
        switch (value) {
            case Json.Obj(var members) -> members.forEach((key, member) -> gather(place + "." + key, member, texts));
            case Json.Arr(var items) -> {
                var copy = new ArrayList<>(items);
                for (int i = 0; i < copy.size(); i++) {
                    gather(place + "[" + i + "]", copy.get(i), texts);
                }
            }
            case Json.Str(var text) -> texts.put(place, text);
            case Json.Num(var literal) -> texts.put(place, literal);
            case Json.Bool(var truth) -> texts.put(place, String.valueOf(truth));
            case Json.Null() -> texts.put(place, "null");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
