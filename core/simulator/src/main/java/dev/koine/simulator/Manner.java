package dev.koine.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How one real service speaks: its paths, its checks, its words for what is wrong, the frame it puts around a stream. */
interface Manner {
    static Manner of(SimulatedDialect dialect) {
        return switch (dialect) {
            case OPENAI -> new OpenAiManner();
            case OPENAI_BARE -> new PerplexityManner();
            case AZURE -> new AzureManner();
        };
    }

    /** Find the operation, or the reply to a wrong path or method. */
    Routing route(ReceivedRequest request);

    /** Return the key that came with the request, wherever this service looks for one. */
    default Optional<String> key(ReceivedRequest request) {
        return request.header("authorization").filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** Answer a missing or wrong key. */
    Reply unauthorized(Optional<String> key);

    /** Check a chat body beyond its model. */
    Optional<Reply> refuseChat(Json.Obj body);

    /** Answer a body with this problem. */
    Reply invalid(Problem problem);

    /** Answer a model or deployment that is not there. */
    Reply unknownModel(String model);

    /** Answer a request beyond the rate limit. */
    Reply rateLimited(Duration retryAfter);

    /** Return the body of a 500, also sent as an event in a stream. */
    Json.Obj serverError();

    /** Add the headers by which this service is known. */
    Reply signed(Reply reply, long serial);

    /** List the models. */
    Json models(List<String> ids);

    /** Add what this service adds to a whole completion. */
    Json.Obj completion(Json.Obj completion);

    /** Return how this service frames the chunks of a stream. */
    StreamStyle streamStyle();

    /** Add the two headers of a wait, as the services that are kind do. */
    static Reply retryAfter(Reply reply, Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return reply.header("retry-after", Long.toString(seconds)).header("retry-after-ms",
                Long.toString(wait.toMillis()));
    }
}
