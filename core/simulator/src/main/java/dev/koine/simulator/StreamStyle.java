package dev.koine.simulator;

import java.util.List;

/** The frame around the chunks of a stream. */
interface StreamStyle {
    /** Return the line end. */
    default String newline() {
        return "\n";
    }

    /** Return whether {@code data: [DONE]} ends a stream. */
    default boolean endsWithDone() {
        return true;
    }

    /** Return whether each chunk carries the usage so far, asked for or not. */
    default boolean usageInEveryChunk() {
        return false;
    }

    /** Return the comments before the first event, without their colon. */
    default List<String> opening() {
        return List.of();
    }

    /** Return the chunks before those of the answer. */
    default List<Json.Obj> preface() {
        return List.of();
    }

    /** Return the chunk as this service sends it; called once for each chunk of a stream, in order. */
    default Json.Obj chunk(Json.Obj chunk) {
        return chunk;
    }
}
