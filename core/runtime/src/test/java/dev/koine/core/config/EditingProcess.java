package dev.koine.core.config;

import dev.koine.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that edits a configuration many times, for the test of concurrent writers. */
final class EditingProcess {
    private EditingProcess() {}

    public static void main(String[] args) {
        var store = new ConfigStore(KoinePaths.under(Path.of(args[0])), Map.of(), Path.of(args[0]));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            var key = List.of("aliases", args[1] + "-" + i);
            store.edit(document -> document.with(key, Json.of("a/b")));
        }
    }
}
