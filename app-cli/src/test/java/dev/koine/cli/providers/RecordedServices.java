package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.cli.JsonTree;
import dev.koine.cli.providers.ServiceFacts.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Services that say no in words that were recorded, byte for byte. The recordings lie in the folder that
 * {@code KOINE_WIRE_CORPUS} names; without it there is none.
 */
final class RecordedServices {
    private static final List<Case> CASES = List.of(
            new Case("azure-deployment", Situation.WRONG_KEY, "azure--error-401-01"),
            new Case("azure-deployment", Situation.WRONG_PATH, "azure--error-404-01"),
            new Case("azure-deployment", Situation.WRONG_VERSION, "azure--error-404-01"),
            new Case("deepseek", Situation.WRONG_KEY, "deepseek--error-401-01"),
            new Case("llamacpp", Situation.WRONG_KEY, "llamacpp--error-401-01"),
            new Case("mistral", Situation.WRONG_KEY, "mistral--error-401-01"),
            new Case("openai", Situation.WRONG_KEY, "openai--error-401-01"),
            new Case("openrouter", Situation.WRONG_KEY, "openrouter--error-401-01"),
            new Case("perplexity", Situation.WRONG_KEY, "perplexity--error-401-01"),
            new Case("groq", Situation.WRONG_KEY, "groq--models-error-401-01"),
            new Case("groq", Situation.WRONG_MODEL, "groq--error-404-01"),
            new Case("openai", Situation.WRONG_MODEL, "openai--error-404-01"),
            new Case("vllm", Situation.WRONG_MODEL, "vllm--error-with-status-200-01"));

    private RecordedServices() {}

    /** A service of {@link Services} in a situation, and the recording in place of what was written by hand. */
    record Case(String id, Situation situation, String recording) {
        Stream<ServiceFacts> service(Path corpus) {
            Said said = said(corpus.resolve(recording));
            return Services.builders().filter(service -> service.id().equals(id)).map(service -> (switch (situation) {
                case WRONG_KEY -> service.key(said);
                case WRONG_MODEL -> service.unknown(said);
                case WRONG_PATH -> service.path(said);
                case WRONG_VERSION -> service.version(said);
                case HTML, EMPTY, PROXY, TLS -> service;
            }).build());
        }
    }

    static Optional<Path> corpus() {
        return Optional.ofNullable(System.getenv("KOINE_WIRE_CORPUS")).map(Path::of).filter(Files::isDirectory);
    }

    static List<Case> cases() {
        return corpus().map(folder -> CASES).orElse(List.of());
    }

    private static Said said(Path folder) {
        try {
            var meta = (Json.Obj) JsonTree.read(Files.readString(folder.resolve("response.meta.json")));
            int status = Integer.parseInt(meta.get("status").orElseThrow().toString());
            String type = meta.list("headers").stream().map(Json.Arr.class::cast)
                    .filter(header -> header.items().getFirst().equals(Json.of("content-type")))
                    .map(header -> ((Json.Str) header.items().get(1)).value()).findFirst().orElse("");
            return new Said(status, type, Files.readString(folder.resolve("response.body")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
