package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What an answer used, in tokens, as the endpoint reported it. Nothing is computed: the total is not always input plus
 * output, and what was not said stays empty.
 *
 * @param input tokens of the request
 * @param output tokens of the answer
 * @param total tokens altogether, in the endpoint's own counting
 * @param reasoning tokens of the answer that were reasoning
 * @param cached tokens of the request that came from a cache
 * @param raw the whole report, with whatever else it says (cost, times, …)
 */
public record Usage(OptionalLong input, OptionalLong output, OptionalLong total, OptionalLong reasoning,
        OptionalLong cached, Json.Obj raw) {
    public Usage {
        requireNonNull(input, "input is null");
        requireNonNull(output, "output is null");
        requireNonNull(total, "total is null");
        requireNonNull(reasoning, "reasoning is null");
        requireNonNull(cached, "cached is null");
        requireNonNull(raw, "raw is null");
    }
}
