package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is asked of a chat model. Which model is asked stands beside the request, not in it, so that one request can be put
 * to several. Whatever is not set is not sent: the endpoint's own default applies.
 *
 * @param messages the conversation, oldest first; at least one for a useful answer
 * @param stream whether the answer is wanted in pieces
 * @param temperature randomness, 0 to 2 at most services
 * @param topP nucleus sampling, 0 to 1
 * @param maxTokens the most tokens that may be written, at least 1
 * @param stop texts at which the answer ends
 * @param seed for answers that can be repeated, where a service honours it
 * @param frequencyPenalty -2 to 2
 * @param presencePenalty -2 to 2
 * @param choices how many answers are wanted ({@code n}), at least 1
 * @param logprobs how many alternatives per token to report, 0 for the chosen token alone; empty for no report
 * @param reasoningEffort how long to think, in the service's words ({@code low}, {@code medium}, {@code high} …)
 * @param tools the tools that may be called
 * @param toolChoice whether one must be called; empty leaves it to the service
 * @param parallelToolCalls whether several may be called at once; empty leaves it to the service
 * @param responseFormat the form that the answer must have
 * @param extra further fields of the request body, by their names on the wire; they win over everything else, and a JSON null takes a field away
 * @param headers further request headers
 */
public record ChatRequest(List<Message> messages, boolean stream, OptionalDouble temperature, OptionalDouble topP,
        OptionalInt maxTokens, List<String> stop, OptionalLong seed, OptionalDouble frequencyPenalty,
        OptionalDouble presencePenalty, OptionalInt choices, OptionalInt logprobs, Optional<String> reasoningEffort,
        List<ToolDefinition> tools, Optional<ToolChoice> toolChoice, Optional<Boolean> parallelToolCalls,
        Optional<ResponseFormat> responseFormat, Json.Obj extra, Map<String, String> headers) {
    public ChatRequest {
        messages = List.copyOf(messages);
        requireNonNull(temperature, "temperature is null");
        requireNonNull(topP, "topP is null");
        requireNonNull(maxTokens, "maxTokens is null");
        stop = List.copyOf(stop);
        requireNonNull(seed, "seed is null");
        requireNonNull(frequencyPenalty, "frequencyPenalty is null");
        requireNonNull(presencePenalty, "presencePenalty is null");
        requireNonNull(choices, "choices is null");
        requireNonNull(logprobs, "logprobs is null");
        requireNonNull(reasoningEffort, "reasoningEffort is null");
        tools = List.copyOf(tools);
        requireNonNull(toolChoice, "toolChoice is null");
        requireNonNull(parallelToolCalls, "parallelToolCalls is null");
        requireNonNull(responseFormat, "responseFormat is null");
        requireNonNull(extra, "extra is null");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        maxTokens.ifPresent(tokens -> atLeast("maxTokens", tokens, 1));
        choices.ifPresent(count -> atLeast("choices", count, 1));
        logprobs.ifPresent(count -> atLeast("logprobs", count, 0));
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", at least " + least + " is needed");
        }
    }

    /** Return a request of one user message, answered in pieces. */
    public static ChatRequest of(String prompt) {
        return builder().user(prompt).build();
    }

    /** Return an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Return a builder that starts with what this request has. */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.messages.addAll(messages);
        builder.stream = stream;
        builder.temperature = temperature;
        builder.topP = topP;
        builder.maxTokens = maxTokens;
        builder.stop = stop;
        builder.seed = seed;
        builder.frequencyPenalty = frequencyPenalty;
        builder.presencePenalty = presencePenalty;
        builder.choices = choices;
        builder.logprobs = logprobs;
        builder.reasoningEffort = reasoningEffort;
        builder.tools = tools;
        builder.toolChoice = toolChoice;
        builder.parallelToolCalls = parallelToolCalls;
        builder.responseFormat = responseFormat;
        builder.extra = extra;
        builder.headers = headers;
        return builder;
    }

    /** Collects a request. Not safe for use by several threads. */
    public static final class Builder {
        private final List<Message> messages = new ArrayList<>();
        private boolean stream = true;
        private OptionalDouble temperature = OptionalDouble.empty();
        private OptionalDouble topP = OptionalDouble.empty();
        private OptionalInt maxTokens = OptionalInt.empty();
        private List<String> stop = List.of();
        private OptionalLong seed = OptionalLong.empty();
        private OptionalDouble frequencyPenalty = OptionalDouble.empty();
        private OptionalDouble presencePenalty = OptionalDouble.empty();
        private OptionalInt choices = OptionalInt.empty();
        private OptionalInt logprobs = OptionalInt.empty();
        private Optional<String> reasoningEffort = Optional.empty();
        private List<ToolDefinition> tools = List.of();
        private Optional<ToolChoice> toolChoice = Optional.empty();
        private Optional<Boolean> parallelToolCalls = Optional.empty();
        private Optional<ResponseFormat> responseFormat = Optional.empty();
        private Json.Obj extra = Json.EMPTY;
        private Map<String, String> headers = Map.of();

        private Builder() {}

        /** Add a message. */
        public Builder message(Message message) {
            messages.add(requireNonNull(message, "message is null"));
            return this;
        }

        /** Replace all messages. */
        public Builder messages(List<? extends Message> value) {
            messages.clear();
            messages.addAll(value);
            return this;
        }

        /** Add a system message. */
        public Builder system(String text) {
            return message(Message.system(text));
        }

        /** Add a user message of one text. */
        public Builder user(String text) {
            return message(Message.user(text));
        }

        /** Set whether the answer is wanted in pieces. */
        public Builder stream(boolean value) {
            stream = value;
            return this;
        }

        /** Set the temperature. */
        public Builder temperature(double value) {
            temperature = OptionalDouble.of(value);
            return this;
        }

        /** Set the nucleus. */
        public Builder topP(double value) {
            topP = OptionalDouble.of(value);
            return this;
        }

        /** Set the most tokens that may be written. */
        public Builder maxTokens(int value) {
            maxTokens = OptionalInt.of(value);
            return this;
        }

        /** Set the texts at which the answer ends. */
        public Builder stop(List<String> value) {
            stop = List.copyOf(value);
            return this;
        }

        /** Set the seed. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Set the frequency penalty. */
        public Builder frequencyPenalty(double value) {
            frequencyPenalty = OptionalDouble.of(value);
            return this;
        }

        /** Set the presence penalty. */
        public Builder presencePenalty(double value) {
            presencePenalty = OptionalDouble.of(value);
            return this;
        }

        /** Set how many answers are wanted ({@code n}). */
        public Builder choices(int value) {
            choices = OptionalInt.of(value);
            return this;
        }

        /** Set how many alternatives per token to report. */
        public Builder logprobs(int value) {
            logprobs = OptionalInt.of(value);
            return this;
        }

        /** Set how long to think. */
        public Builder reasoningEffort(String value) {
            reasoningEffort = Optional.of(value);
            return this;
        }

        /** Set the tools that may be called. */
        public Builder tools(List<ToolDefinition> value) {
            tools = List.copyOf(value);
            return this;
        }

        /** Set which tool must be called. */
        public Builder toolChoice(ToolChoice value) {
            toolChoice = Optional.of(value);
            return this;
        }

        /** Set whether several may be called at once. */
        public Builder parallelToolCalls(boolean value) {
            parallelToolCalls = Optional.of(value);
            return this;
        }

        /** Set the form that the answer must have. */
        public Builder responseFormat(ResponseFormat value) {
            responseFormat = Optional.of(value);
            return this;
        }

        /** Set further fields of the request body. */
        public Builder extra(Json.Obj value) {
            extra = requireNonNull(value, "extra is null");
            return this;
        }

        /** Set further request headers. */
        public Builder headers(Map<String, String> value) {
            headers = new LinkedHashMap<>(value);
            return this;
        }

        /**
         * Return the request.
         *
         * @throws IllegalArgumentException if a count is below its least value
         */
        public ChatRequest build() {
            return new ChatRequest(messages, stream, temperature, topP, maxTokens, stop, seed, frequencyPenalty,
                    presencePenalty, choices, logprobs, reasoningEffort, tools, toolChoice, parallelToolCalls,
                    responseFormat, extra, headers);
        }
    }
}
