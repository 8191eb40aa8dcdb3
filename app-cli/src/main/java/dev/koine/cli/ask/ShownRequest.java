package dev.koine.cli.ask;

import dev.koine.api.Json;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.transport.RenderedCall;
import dev.koine.spi.HttpCall;

/** {@code --dry-run}: a request as it would be sent, without keys; nothing is sent. */
final class ShownRequest {
    static final String OPTION = "--dry-run";

    private ShownRequest() {}

    static Syntax option(Syntax syntax) {
        return syntax.flag(OPTION, "show the request and send nothing; -o curl shows it as a curl command");
    }

    static ExitCode show(Context context, HttpCall call) {
        RenderedCall shown = context.koine().transport().render(call);
        switch (context.globals().format()) {
            case TEXT -> context.out().line(shown.toString());
            case CURL -> context.out().line(context.koine().transport().curl(call));
            case JSON, JSONL, NAME -> {
                var headers = Json.object();
                shown.headers().forEach(headers::put);
                context.out().json(Json.object().put("schema", "koine/request.v1").put("method", shown.method())
                        .put("url", shown.url()).put("headers", headers.build())
                        .put("body", shown.body().orElse(Json.NULL)).build());
            }
        }
        return ExitCode.OK;
    }
}
