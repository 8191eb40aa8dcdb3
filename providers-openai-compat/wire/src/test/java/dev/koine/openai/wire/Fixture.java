package dev.koine.openai.wire;

import dev.koine.api.ChatResponse;
import dev.koine.api.Choice;
import dev.koine.api.Citation;
import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ToolCall;
import dev.koine.api.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A deviation as a file: what it is about, what is to be read, a line of dashes, and the body.
 *
 * @param name the deviation
 * @param status the HTTP status
 * @param expected what is to be read, as {@link #render} writes it
 * @param body the body
 */
record Fixture(String name, int status, String expected, String body) {

    static List<Fixture> all(String kind) {
        try (var files = Files.list(Path.of("src/test/resources/dev/koine/openai/wire", kind))) {
            return files.sorted().map(Fixture::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fixture read(Path file) {
        try {
            String text = Files.readString(file);
            int line = text.indexOf("\n----\n");
            int status = 200;
            var expected = new StringBuilder();
            for (String head : text.substring(0, line).split("\n")) {
                if (head.startsWith("status ")) {
                    status = Integer.parseInt(head.substring("status ".length()));
                } else if (!head.startsWith("#")) {
                    expected.append(head).append('\n');
                }
            }
            String name = file.getFileName().toString();
            return new Fixture(name.substring(0, name.lastIndexOf('.')), status, expected.toString(),
                    text.substring(line + "\n----\n".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }

    static String render(ChatResponse response) {
        var lines = new ArrayList<String>();
        lines.add("outcome " + response.outcome().id());
        response.id().ifPresent(id -> lines.add("id " + id));
        response.model().ifPresent(model -> lines.add("model " + model));
        for (Choice choice : response.choices()) {
            if (response.choices().size() > 1) {
                lines.add("choice " + choice.index());
            }
            line(lines, "reasoning", choice.reasoning());
            line(lines, "text", choice.text());
            choice.refusal().ifPresent(refusal -> line(lines, "refusal", refusal));
            for (ToolCall call : choice.toolCalls()) {
                lines.add("call " + call.id().orElse("-") + " " + call.type() + " " + call.name() + " "
                        + call.arguments().map(Json::of).map(Json.Str::toString).orElse("-"));
            }
            choice.functionCall().ifPresent(call -> lines.add("function " + call.name() + " "
                    + call.arguments().map(Json::of).map(Json.Str::toString).orElse("-")));
            choice.finishReason().ifPresent(reason -> line(lines, "finish", reason));
            choice.logprobs().ifPresent(logprobs -> lines.add("logprobs " + logprobs));
            choice.extra().members().forEach((field, value) -> lines.add("field " + field + " " + value));
        }
        response.usage().ifPresent(usage -> lines.add("usage " + render(usage)));
        sources(lines, "citation", response.citations());
        sources(lines, "annotation", response.annotations());
        if (!response.filtered().isEmpty()) {
            lines.add("filtered " + response.filtered());
        }
        response.failure().ifPresent(failure -> lines.addAll(render(failure).lines().toList()));
        return String.join("\n", lines) + "\n";
    }

    private static void line(List<String> lines, String name, String text) {
        if (!text.isEmpty() || name.equals("finish")) {
            lines.add(name + " " + Json.of(text));
        }
    }

    private static void sources(List<String> lines, String name, List<Citation> sources) {
        sources.forEach(source -> lines.add(name + " " + source.url() + source.title().map(" "::concat).orElse("")));
    }

    private static String render(Usage usage) {
        return render(usage.input()) + " " + render(usage.output()) + " " + render(usage.total()) + " reasoning "
                + render(usage.reasoning()) + " cached " + render(usage.cached());
    }

    private static String render(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    static String render(ProviderFailure failure) {
        var lines = new ArrayList<String>();
        lines.add("failure " + failure.kind());
        lines.add("message " + failure.message());
        value(lines, "field", failure.field());
        value(lines, "provider-code", failure.providerCode());
        value(lines, "provider-type", failure.providerType());
        value(lines, "provider-param", failure.providerParam());
        value(lines, "provider-message", failure.providerMessage().map(text -> Json.of(text).toString()));
        value(lines, "upstream", failure.upstreamMessage().map(text -> Json.of(text).toString()));
        value(lines, "request-id", failure.requestId());
        value(lines, "retry-after", failure.retryAfter().map(Object::toString));
        if (!failure.filtered().isEmpty()) {
            lines.add("filter " + failure.filtered());
        }
        value(lines, "raw", failure.raw().map(text -> Json.of(text).toString()));
        return String.join("\n", lines) + "\n";
    }

    private static void value(List<String> lines, String name, Optional<String> value) {
        value.ifPresent(text -> lines.add(name + " " + text));
    }
}
