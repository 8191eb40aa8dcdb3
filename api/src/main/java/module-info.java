/**
 * The language of callers: chat completions and embeddings as immutable values, the events of a streamed answer, the
 * facts about models, and failures. Knows no other module.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.api {
    requires static org.jspecify;

    exports dev.koine.api;
}
