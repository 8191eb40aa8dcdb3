package dev.koine.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer: status, headers, body. */
record Reply(int status, Map<String, String> headers, String body) {
    Reply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Reply json(int status, Json body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body.write());
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "");
    }

    Reply header(String name, String value) {
        var grown = new LinkedHashMap<>(headers);
        grown.put(name, value);
        return new Reply(status, grown, body);
    }
}
