package dev.koine.testkit;

import static dev.koine.testkit.Verdict.require;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koine.api.ChatEvent;
import dev.koine.api.ChatRequest;
import dev.koine.api.ChatResponse;
import dev.koine.api.EmbeddingRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Json;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.CallOptions;
import dev.koine.core.Koine;
import dev.koine.core.KoineOptions;
import dev.koine.core.config.KoinePaths;
import dev.koine.spi.ProviderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A dialect from a configuration file through the engine to an endpoint, and back. */
final class RoundTripRules {
    private static final CallOptions ONCE = CallOptions.DEFAULT.withRetries(0);
    private static final Set<FailureKind> KEY = Set.of(FailureKind.AUTH_REJECTED, FailureKind.AUTH_MISSING,
            FailureKind.FORBIDDEN);

    private final Subject subject;
    private final Path folder;

    RoundTripRules(Subject subject, Path folder) {
        this.subject = subject;
        this.folder = folder;
    }

    void aQuestionIsAnswered() throws IOException {
        answered(Asked.plain(false));
    }

    void aQuestionIsAnsweredInAStream() throws IOException {
        answered(Asked.plain(true));
    }

    private void answered(ChatRequest request) throws IOException {
        try (var trip = trip(Endpoint.KEY)) {
            var response = trip.ask("echo", request);
            require(response.outcome() == Outcome.COMPLETE, "the answer is " + response.outcome() + failure(response));
            require(response.text().strip().equals(Asked.PROMPT)
                    || trip.endpoint.isEmpty() && !response.text().isBlank(),
                    "the endpoint repeats what it is told: '" + Asked.PROMPT + "', decoded as '" + response.text()
                            + "'");
        }
    }

    void aToolIsCalled() throws IOException {
        assumeTrue(subject.does(Behavior.TOOLS), "the dialect has no tools");
        try (var trip = trip(Endpoint.KEY)) {
            for (boolean stream : new boolean[]{false, true}) {
                String model = trip.endpoint.map(Endpoint::toolModel).orElse("echo");
                var response = trip.ask(model, Asked.tools(stream));
                require(response.outcome() == Outcome.TOOL_CALLS,
                        "the tool is not called: the answer is " + response.outcome() + failure(response));
                var call = response.choice().toolCalls().getFirst();
                require(call.name().equals(Asked.TOOL),
                        "the tool '" + Asked.TOOL + "' is called as '" + call.name() + "'");
            }
        }
    }

    void aWrongKeyIsTold() throws IOException {
        http();
        assumeTrue(subject.does(Behavior.KEY), "the dialect sends no key");
        String wrong = "wrong-contract-key-5e0d4c3b2a";
        try (var trip = trip(wrong)) {
            var response = trip.ask("echo", Asked.plain(true));
            throw new org.opentest4j.AssertionFailedError("a wrong key is answered: " + response.outcome()
                    + "; is the key sent?");
        } catch (ProviderFailureException e) {
            require(KEY.contains(e.failure().kind()), "a wrong key is told as " + e.failure().kind() + ": "
                    + e.failure().message());
            require(!e.failure().toString().contains(wrong), "the failure shows the key");
        }
    }

    void aStreamCanBeCancelled() throws IOException {
        http();
        assumeTrue(subject.does(Behavior.STREAMING), "the dialect does not stream");
        try (var trip = trip(Endpoint.KEY)) {
            // A refusal that stalls would be waited for in vain: who is not let in at all is told so at once.
            var whole = trip.ask("echo", Asked.plain(true));
            require(whole.outcome() != Outcome.ERROR,
                    "there is no answer that could be cancelled" + failure(whole));
            trip.endpoint.orElseThrow().stallNext();
            try (var stream = trip.koine.stream(trip.koine.select("contract/echo"), Asked.plain(true), ONCE)) {
                for (var event : stream) {
                    if (event instanceof ChatEvent.TextDelta(int choice, String text) && !text.isEmpty()) {
                        // What is still to come does not come before this endpoint is closed.
                        stream.cancel();
                    }
                }
                var response = stream.response();
                require(response.outcome() == Outcome.CANCELLED, "the answer is " + response.outcome()
                        + " after it was cancelled in the middle" + failure(response));
                require(!response.text().isEmpty() && Asked.PROMPT.startsWith(response.text().strip()),
                        "what came before is decoded as '" + response.text() + "'");
            }
        } catch (ProviderFailureException e) {
            throw new org.opentest4j.AssertionFailedError(
                    "there is no answer that could be cancelled: " + e.failure().message(), e);
        }
    }

    void aLostStreamIsNoAnswer() throws IOException {
        http();
        assumeTrue(subject.does(Behavior.STREAMING), "the dialect does not stream");
        try (var trip = trip(Endpoint.KEY)) {
            trip.endpoint.orElseThrow().cutNext();
            var response = trip.ask("echo", Asked.plain(true));
            require(response.outcome() == Outcome.ERROR || response.outcome() == Outcome.INCOMPLETE,
                    "an answer whose connection is lost in the middle is " + response.outcome());
        } catch (ProviderFailureException e) {
            require(e.failure().kind() == FailureKind.STREAM_CUT || e.failure().kind() == FailureKind.CONNECTION_LOST,
                    "an answer whose connection is lost in the middle is told as " + e.failure().kind());
        }
    }

    void modelsAreListed() throws IOException {
        assumeTrue(subject.does(Behavior.LIST_MODELS), "the dialect lists no models");
        try (var trip = trip(Endpoint.KEY)) {
            assumeTrue(trip.endpoint.map(Endpoint::hasModelList).orElse(true),
                    "the simulator has no list to show here");
            var entry = trip.koine.registry().provider("contract").orElseThrow();
            var models = trip.koine.listModels(entry, ONCE);
            require(!models.isEmpty(), "the list of models is empty");
            require(models.stream().noneMatch(model -> model.id().isBlank()), "a model in the list has no id");
        }
    }

    void textsBecomeVectors() throws IOException {
        assumeTrue(subject.does(Behavior.EMBEDDINGS), "the dialect has no embeddings");
        try (var trip = trip(Endpoint.KEY)) {
            var response = trip.koine.embed(trip.koine.select("contract/echo"),
                    EmbeddingRequest.of(List.of("one", "two")), ONCE);
            require(response.vectors().size() == 2, "two texts become " + response.vectors().size() + " vectors");
        }
    }

    private void http() {
        assumeTrue(subject.does(Behavior.HTTP), "a direct provider has no connection");
    }

    private static String failure(ChatResponse response) {
        return response.failure().map(failure -> ": " + failure.message()).orElse("");
    }

    /** An engine, and the endpoint that it asks; a direct provider has none. */
    private record Trip(Koine koine, Optional<Endpoint> endpoint) implements AutoCloseable {
        ChatResponse ask(String model, ChatRequest request) {
            return koine.chat(koine.select("contract/" + model), request, ONCE);
        }

        @Override
        public void close() {
            endpoint.ifPresent(Endpoint::close);
            koine.close();
        }
    }

    private Trip trip(String key) throws IOException {
        assumeTrue(subject.does(Behavior.ROUND_TRIP), "there is nobody to ask");
        var endpoint = subject.does(Behavior.HTTP) ? Optional.of(Endpoint.of(subject)) : Optional.<Endpoint>empty();
        var config = endpoint.map(there -> subject.config(there.origin())).orElseGet(subject::config);
        Files.writeString(folder.resolve("config.toml"),
                "schema-version = 1\nproviders.contract = " + toml(table(config)));
        var options = KoineOptions.builder().paths(KoinePaths.under(folder)).directory(folder)
                .env(Map.of(Subject.KEY_VARIABLE, key)).build();
        return new Trip(Koine.open(options, List.of(new OneDialect(subject.spi(), Optional.empty()))), endpoint);
    }

    private Json.Obj table(ProviderConfig config) {
        var table = Json.object().put("dialect", subject.spi().descriptor().id());
        config.baseUrl().ifPresent(base -> table.put("base-url", base.toString()));
        config.apiPath().ifPresent(path -> table.put("api-path", path));
        config.deployment().ifPresent(deployment -> table.put("deployment", deployment));
        config.apiVersion().ifPresent(version -> table.put("api-version", version));
        config.apiKey().ifPresent(key -> table.put("api-key", key.reference()));
        config.authStyle().ifPresent(style -> table.put("auth", Asked.word(style.with(Optional.empty()))));
        // Nobody waits long for an endpoint on the same machine.
        table.put("timeout", Json.object().put("total", "20s").build());
        return table.put("options", config.options()).put("quirks", config.quirks()).build();
    }

    /** Return a value as TOML writes it inline. */
    private static String toml(Json value) {
        return switch (value) {
            case Json.Obj(var members) -> members.entrySet().stream()
                    .map(member -> Json.of(member.getKey()) + " = " + toml(member.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case Json.Arr(var items) -> items.stream().map(RoundTripRules::toml)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Json other -> other.toString();
        };
    }
}
