package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An answer, as far as it came.
 *
 * @param id the answer's id, as sent
 * @param model the model that answered, as sent
 * @param choices the answers by index, at least one
 * @param outcome how it ended
 * @param usage what it used, where the endpoint said so
 * @param citations its sources: the last list that was sent
 * @param annotations sources named at places of the text
 * @param filtered categories in which a content filter detected or withheld something
 * @param failure what went wrong, exactly when the outcome is {@link Outcome#ERROR}
 */
public record ChatResponse(Optional<String> id, Optional<String> model, List<Choice> choices, Outcome outcome,
        Optional<Usage> usage, List<Citation> citations, List<Citation> annotations, List<String> filtered,
        Optional<ProviderFailure> failure) {
    public ChatResponse {
        requireNonNull(id, "id is null");
        requireNonNull(model, "model is null");
        choices = List.copyOf(choices);
        requireNonNull(outcome, "outcome is null");
        requireNonNull(usage, "usage is null");
        citations = List.copyOf(citations);
        annotations = List.copyOf(annotations);
        filtered = List.copyOf(filtered);
        requireNonNull(failure, "failure is null");
    }

    /** Return the first answer. */
    public Choice choice() {
        return choices.getFirst();
    }

    /** Return the first answer's text; the empty text when none came. */
    public String text() {
        return choice().text();
    }

    /** Return an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers the events of one answer. Not safe for use by several threads. */
    public static final class Builder {
        private Optional<String> id = Optional.empty();
        private Optional<String> model = Optional.empty();
        private final Map<Integer, ChoiceBuilder> choices = new TreeMap<>();
        private Optional<Usage> usage = Optional.empty();
        private List<Citation> citations = List.of();
        private final List<Citation> annotations = new ArrayList<>();
        private final Set<String> filtered = new LinkedHashSet<>();
        private Optional<ProviderFailure> failure = Optional.empty();
        private boolean ended;
        private boolean declared;
        private boolean cancelled;

        private Builder() {}

        /** Take in the next event. */
        public Builder accept(ChatEvent event) {
            switch (event) {
                case ChatEvent.Identified(var newId, var newModel) -> {
                    id = id.or(() -> newId);
                    model = model.or(() -> newModel);
                }
                case ChatEvent.TextDelta(int choice, var text) -> choice(choice).text.append(text);
                case ChatEvent.ReasoningDelta(int choice, var text) -> choice(choice).reasoning.append(text);
                case ChatEvent.RefusalDelta(int choice, var text) -> choice(choice).refuse(text);
                case ChatEvent.ToolCallDelta delta -> choice(delta.choice()).call(delta);
                case ChatEvent.FunctionCallDelta(int choice, var name, var arguments) -> choice(choice).function(name,
                        arguments);
                case ChatEvent.Citations(var list) -> citations = list;
                case ChatEvent.Annotations(var list) -> annotations.addAll(list);
                case ChatEvent.Filtered(var categories) -> filtered.addAll(categories);
                case ChatEvent.Logprobs(int choice, var value) -> choice(choice).logprobs(value);
                case ChatEvent.Finished(int choice, var reason) -> choice(choice).finishReason = Optional.of(reason);
                case ChatEvent.UsageReported(var reported) -> usage = Optional.of(reported);
                case ChatEvent.Other(int choice, var type, var value) -> choice(choice).other(type, value);
                case ChatEvent.Failed(var newFailure) -> failure = failure.or(() -> Optional.of(newFailure));
                case ChatEvent.Ended(boolean newDeclared) -> {
                    ended = true;
                    declared |= newDeclared;
                }
            }
            return this;
        }

        /** Note that the caller gave up before the end. */
        public Builder cancelled() {
            cancelled = true;
            return this;
        }

        /** Return whether anything of an answer came so far: text, reasoning, a refusal or a call. */
        public boolean hasContent() {
            return choices.values().stream().anyMatch(ChoiceBuilder::hasContent);
        }

        /** Return whether every choice that began has named its finish reason. */
        public boolean hasFinished() {
            return !choices.isEmpty()
                    && choices.values().stream().allMatch(choice -> choice.finishReason.isPresent());
        }

        /** Return the response as far as it came. */
        public ChatResponse build() {
            var built = new ArrayList<Choice>();
            choices.forEach((index, choice) -> built.add(choice.build(index)));
            if (built.isEmpty()) {
                built.add(new ChoiceBuilder().build(0));
            }
            return new ChatResponse(id, model, built, outcome(built.getFirst()), usage, citations, annotations,
                    List.copyOf(filtered), failure);
        }

        private Outcome outcome(Choice first) {
            if (failure.isPresent()) {
                return Outcome.ERROR;
            }
            if (cancelled && !ended) {
                return Outcome.CANCELLED;
            }
            if (first.refusal().isPresent()) {
                return Outcome.REFUSED;
            }
            return switch (first.finishReason().orElse("")) {
                case "length", "max_tokens", "model_length" -> Outcome.LENGTH;
                case "content_filter" -> Outcome.FILTERED;
                case "refusal" -> Outcome.REFUSED;
                // The service gave up, and says so without an error.
                case "error", "abort", "insufficient_system_resource" -> Outcome.INCOMPLETE;
                case "" -> {
                    if (!ended || !declared) {
                        yield Outcome.INCOMPLETE;
                    }
                    yield hasCalls(first) ? Outcome.TOOL_CALLS : Outcome.COMPLETE;
                }
                default -> hasCalls(first) ? Outcome.TOOL_CALLS : Outcome.COMPLETE;
            };
        }

        private static boolean hasCalls(Choice choice) {
            return !choice.toolCalls().isEmpty() || choice.functionCall().isPresent();
        }

        private ChoiceBuilder choice(int index) {
            return choices.computeIfAbsent(index, ignored -> new ChoiceBuilder());
        }
    }

    private static final class ChoiceBuilder {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private Optional<StringBuilder> refusal = Optional.empty();
        private final Map<Integer, CallBuilder> calls = new TreeMap<>();
        private Optional<CallBuilder> function = Optional.empty();
        private Optional<String> finishReason = Optional.empty();
        private Optional<Json> logprobs = Optional.empty();
        private final Map<String, Json> extra = new LinkedHashMap<>();

        void refuse(String piece) {
            refusal = Optional.of(refusal.orElseGet(StringBuilder::new).append(piece));
        }

        void call(ChatEvent.ToolCallDelta delta) {
            calls.computeIfAbsent(delta.position(), ignored -> new CallBuilder())
                    .add(delta.id(), delta.type(), delta.name(), delta.arguments());
        }

        void function(Optional<String> name, Optional<String> arguments) {
            var call = function.orElseGet(CallBuilder::new);
            call.add(Optional.empty(), Optional.empty(), name, arguments);
            function = Optional.of(call);
        }

        void logprobs(Json value) {
            logprobs = Optional.of(logprobs.map(old -> joined(old, value)).orElse(value));
        }

        void other(String type, Json value) {
            extra.merge(type, value, ChoiceBuilder::joined);
        }

        /** Arrays add up, and so do the arrays inside of objects ({@code logprobs.content}); other values replace. */
        private static Json joined(Json old, Json added) {
            if (old instanceof Json.Arr(var first) && added instanceof Json.Arr(var second)) {
                var items = new ArrayList<>(first);
                items.addAll(second);
                return new Json.Arr(items);
            }
            if (old instanceof Json.Obj(var first) && added instanceof Json.Obj(var second)) {
                var members = new LinkedHashMap<>(first);
                second.forEach((name, value) -> members.merge(name, value, ChoiceBuilder::joined));
                return new Json.Obj(members);
            }
            return added instanceof Json.Null ? old : added;
        }

        boolean hasContent() {
            return !text.isEmpty() || !reasoning.isEmpty() || refusal.isPresent() || !calls.isEmpty()
                    || function.isPresent();
        }

        Choice build(int index) {
            return new Choice(index, text.toString(), reasoning.toString(), refusal.map(StringBuilder::toString),
                    calls.values().stream().map(CallBuilder::build).toList(), function.map(CallBuilder::build),
                    finishReason, logprobs, new Json.Obj(extra));
        }
    }

    private static final class CallBuilder {
        private Optional<String> id = Optional.empty();
        private Optional<String> type = Optional.empty();
        private final StringBuilder name = new StringBuilder();
        private Optional<StringBuilder> arguments = Optional.empty();

        void add(Optional<String> newId, Optional<String> newType, Optional<String> moreName,
                Optional<String> moreArguments) {
            id = id.or(() -> newId);
            type = type.or(() -> newType);
            moreName.ifPresent(name::append);
            moreArguments.ifPresent(
                    piece -> arguments = Optional.of(arguments.orElseGet(StringBuilder::new).append(piece)));
        }

        ToolCall build() {
            return new ToolCall(id, type.orElse("function"), name.toString(), arguments.map(StringBuilder::toString));
        }
    }
}
