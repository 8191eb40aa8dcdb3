package com.example.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koine.api.Json;
import dev.koine.spi.Frame;
import dev.koine.spi.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine hands to a dialect: a whole answer, or a line of one. */
record Received(int status, String text, Map<String, List<String>> headers) implements Reply, Frame {

    static Received reply(int status, String text) {
        return new Received(status, text, Map.of());
    }

    static Received line(String text) {
        return new Received(200, text, Map.of());
    }

    @Override
    public byte[] bytes() {
        return text.getBytes(UTF_8);
    }

    @Override
    public Optional<Json> json() {
        return Json.parse(text);
    }

    @Override
    public Optional<String> event() {
        return Optional.empty();
    }

    @Override
    public byte[] buffer() {
        return bytes();
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return bytes().length;
    }

    @Override
    public Map<String, List<String>> otherFields() {
        return Map.of();
    }
}
