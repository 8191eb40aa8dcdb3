package dev.koine.simulator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls the first tool that is offered, or the one that is demanded; answers with what a tool has returned. */
final class ToolCaller implements SimulatedModel {
    @Override
    public Answer answer(ChatRequest request) {
        List<String> results = request.messages().reversed().stream()
                .takeWhile(message -> message.role().equals("tool")).map(ChatRequest.Message::text).toList().reversed();
        if (!results.isEmpty()) {
            return Answer.of("The tool answered: " + results.stream().collect(Collectors.joining("; ")));
        }
        Optional<Json.Obj> function = request.functions().stream()
                .filter(offered -> request.forcedFunction().map(offered.text("name").orElse("")::equals).orElse(true))
                .findFirst();
        return function.map(chosen -> Answer.calling(call(chosen, request)))
                .orElse(Answer.of("No tool was offered, so there is nothing to call."));
    }

    private static Answer.Call call(Json.Obj function, ChatRequest request) {
        Json.Obj schema = function.object("parameters").orElse(Json.object());
        Json arguments = new SchemaExample(schema, request.lastUserText()).value();
        return new Answer.Call("call_sim_" + request.serial(), function.text("name").orElse(""), arguments.write());
    }
}
