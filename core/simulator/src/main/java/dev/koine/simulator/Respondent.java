package dev.koine.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what a request is answered with. Sends nothing itself. */
final class Respondent {
    private final Manner manner;
    private final Map<String, SimulatedModel> models;
    private final Optional<String> requiredKey;
    private final Duration pause;

    Respondent(Manner manner, Map<String, SimulatedModel> models, Optional<String> requiredKey, Duration pause) {
        this.manner = manner;
        this.models = models;
        this.requiredKey = requiredKey;
        this.pause = pause;
    }

    Outgoing respond(ReceivedRequest request, Turn turn) {
        Optional<Reply> scripted = instead(turn.fault(), request.json());
        if (scripted.isPresent()) {
            return whole(scripted.get(), turn);
        }
        return switch (manner.route(request)) {
            case Routing.Nowhere(Reply reply) -> whole(reply, turn);
            case Routing.To(var operation, var deployment) -> admitted(request)
                    ? perform(operation, deployment, request, turn)
                    : whole(manner.unauthorized(manner.key(request)), turn);
        };
    }

    private boolean admitted(ReceivedRequest request) {
        return requiredKey.map(required -> manner.key(request)
                .filter(key -> MessageDigest.isEqual(bytes(key), bytes(required))).isPresent()).orElse(true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Outgoing perform(Routing.Operation operation, Optional<String> deployment, ReceivedRequest request,
            Turn turn) {
        if (operation == Routing.Operation.MODELS) {
            return whole(Reply.json(200, manner.models(List.copyOf(models.keySet()))), turn);
        }
        // A front door that knows the deployment by its path looks for it before it reads the body.
        if (deployment.filter(name -> !models.containsKey(name)).isPresent()) {
            return whole(manner.unknownModel(deployment.get()), turn);
        }
        Optional<Json.Obj> body = request.json();
        if (body.isEmpty()) {
            return whole(manner.invalid(OpenAiRules.NOT_JSON), turn);
        }
        Optional<String> name = deployment.or(() -> body.get().text("model"));
        if (name.isEmpty()) {
            return whole(manner.invalid(OpenAiRules.NO_MODEL), turn);
        }
        Optional<SimulatedModel> model = name.map(models::get);
        if (model.isEmpty()) {
            return whole(manner.unknownModel(name.get()), turn);
        }
        return operation == Routing.Operation.EMBEDDINGS ? embed(body.get(), name.get(), turn)
                : manner.refuseChat(body.get()).map(reply -> whole(reply, turn))
                        .orElseGet(() -> chat(body.get(), name.get(), model.get(), turn));
    }

    private Outgoing embed(Json.Obj body, String model, Turn turn) {
        return whole(OpenAiRules.embeddings(body).map(manner::invalid)
                .orElseGet(() -> Reply.json(200, Embeddings.answer(body, model))), turn);
    }

    private Outgoing chat(Json.Obj body, String name, SimulatedModel model, Turn asked) {
        Turn turn = asked.fault() instanceof Fault.None ? asked.with(model.nextFault()) : asked;
        Optional<Reply> instead = instead(turn.fault(), Optional.of(body));
        if (instead.isPresent()) {
            return whole(instead.get(), turn);
        }
        var request = new ChatRequest(body, turn.serial());
        Answer answer = model.answer(request).within(request);
        var completion = new Completion(request, name, answer);
        if (!request.streamed() || turn.fault() instanceof Fault.PlainReply) {
            Reply reply = signed(Reply.json(200, manner.completion(completion.whole())), turn);
            return new Outgoing.Whole(reply, turn.fault(),
                    model.paced() ? pause.multipliedBy(answer.tokens()) : Duration.ZERO);
        }
        StreamStyle style = manner.streamStyle();
        Reply head = new Reply(200, Map.of("Content-Type", "text/event-stream; charset=utf-8", "Cache-Control",
                "no-cache"), "");
        var chunks = Stream.concat(style.preface().stream(), completion.chunks(style)).iterator();
        return new Outgoing.Events(signed(head, turn), new Outgoing.Stream(style, chunks, manner.serverError()),
                turn.fault(), model.paced() ? pause : Duration.ZERO);
    }

    /** Return the reply that a fault puts in the place of any other. */
    private Optional<Reply> instead(Fault fault, Optional<Json.Obj> body) {
        return switch (fault) {
            case Fault.Fixed(int status, var headers, String text) -> Optional.of(new Reply(status, headers, text));
            case Fault.RateLimited(Duration wait) -> Optional.of(manner.rateLimited(wait));
            case Fault.ServerError _ -> Optional.of(Reply.json(500, manner.serverError()));
            case Fault.RejectLikeOpenAi(String field) -> body.flatMap(sent -> sent.get(field))
                    .map(_ -> Reply.json(400, Rejections.likeOpenAi(field)));
            case Fault.RejectLikeMistral(String field) -> body.flatMap(sent -> sent.get(field))
                    .map(value -> Reply.json(422, Rejections.likeMistral(field, value)));
            default -> Optional.empty();
        };
    }

    private Outgoing whole(Reply reply, Turn turn) {
        return Outgoing.whole(signed(reply, turn), turn.fault());
    }

    private Reply signed(Reply reply, Turn turn) {
        return turn.fault() instanceof Fault.Fixed ? reply : manner.signed(reply, turn.serial());
    }
}
