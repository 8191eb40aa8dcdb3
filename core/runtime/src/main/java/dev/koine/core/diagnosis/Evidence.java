package dev.koine.core.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.koine.api.ChatResponse;
import dev.koine.api.ModelListing;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.transport.Trace;
import dev.koine.spi.HttpCall;
import dev.koine.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one test has seen so far. Used by one thread. */
final class Evidence {
    private final Endpoint endpoint;
    private final Optional<ModelEntry> model;
    private final ModelEntry asked;
    private final boolean named;
    private final Trace trace = new Trace();
    private final List<String> notices = new ArrayList<>();
    private Optional<HttpCall> call = Optional.empty();
    private Optional<Reply> knock = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<List<ModelListing>> models = Optional.empty();
    private Optional<ProviderFailure> listFailure = Optional.empty();
    private Optional<Control> route = Optional.empty();
    private Optional<ChatResponse> streamed = Optional.empty();
    private Optional<ChatResponse> whole = Optional.empty();
    private Optional<Trace.Head> answer = Optional.empty();
    private Optional<String> tool = Optional.empty();
    private Optional<String> document = Optional.empty();

    /**
     * Begin.
     *
     * @param model the model that is asked
     * @param standIn what stands for a model where there is none, to see where requests go
     * @param named whether the user named the model for this test
     */
    Evidence(Endpoint endpoint, Optional<ModelEntry> model, ModelEntry standIn, boolean named) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.model = requireNonNull(model, "model is null");
        this.asked = model.orElse(standIn);
        this.named = named;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Optional<ModelEntry> model() {
        return model;
    }

    /** Return the model that requests are made for, which may be none that exists. */
    ModelEntry asked() {
        return asked;
    }

    boolean isNamed() {
        return named;
    }

    Trace trace() {
        return trace;
    }

    List<String> notices() {
        return notices;
    }

    Optional<HttpCall> call() {
        return call;
    }

    void call(HttpCall value) {
        call = Optional.of(value);
    }

    /** Return the answer to the first of the dialect's checks, where it was made without a key and there is none. */
    Optional<Reply> knock() {
        return knock;
    }

    void knock(Reply value) {
        knock = Optional.of(value);
    }

    void key(String value) {
        key = Optional.of(value);
    }

    Optional<List<ModelListing>> models() {
        return models;
    }

    void models(List<ModelListing> value) {
        models = Optional.of(List.copyOf(value));
    }

    Optional<ProviderFailure> listFailure() {
        return listFailure;
    }

    void listFailure(ProviderFailure value) {
        listFailure = Optional.of(value);
    }

    void route(Control value) {
        route = Optional.of(value);
    }

    void streamed(ChatResponse value) {
        streamed = Optional.of(value);
        answer = trace.head();
    }

    void whole(ChatResponse value) {
        whole = Optional.of(value);
        answer = trace.head();
    }

    /** Note the head of an answer that says no. */
    void refused() {
        answer = trace.head();
    }

    void tool(String value) {
        tool = Optional.of(value);
    }

    void document(String value) {
        document = Optional.of(value);
    }

    private Optional<ChatResponse> completion() {
        return streamed.or(() -> whole);
    }

    boolean isStreamed() {
        return answer.filter(head -> head.type().toLowerCase(Locale.ROOT).contains("json")).isEmpty();
    }

    /** Return what a stage that is behind us saw, in one line; empty where it could not tell. */
    Optional<String> seen(StageName stage) {
        return switch (stage) {
            case URL -> Optional.of(url());
            case DNS -> Optional.of(trace.lookup().map(found -> (trace.proxy().isPresent() ? "the proxy: " : "")
                    + lookup(found))
                    .orElse(trace.proxy().isPresent() ? "the proxy looks the name up" : "a connection stood already"));
            case TCP -> Optional.of(trace.link()
                    .map(link -> link.address() + " port " + link.port() + took(link.took()))
                    .orElse(trace.proxy().isPresent() ? "the proxy makes it" : "a connection stood already"));
            case PROXY -> Optional.of(trace.proxy().orElse("none"));
            case TLS -> Optional.of(trace.encryption().map(this::encryption).orElse(plain()));
            case KEY -> key;
            case ROUTE -> isDown() ? Optional.empty() : answer.map(head -> "POST → " + head(head))
                    .or(() -> route.map(control -> "an empty request is answered " + control.words()));
            case AUTH -> auth();
            case MODEL -> completion().flatMap(response -> model.map(asked -> asked.id() + response.model()
                    .filter(name -> !name.equals(asked.id())).map(name -> " answers as " + name).orElse(" answers")));
            case CHAT -> completion().map(Evidence::chat);
            case STREAM -> streamed.map(response -> isStreamed() ? "the answer comes in pieces"
                    : "asked for, but the answer came as a whole");
            case USAGE -> completion().flatMap(ChatResponse::usage).map(Evidence::usage);
            case TOOLS -> tool;
            case STRUCTURED -> document;
        };
    }

    /** Return why a stage that is behind us could not tell. */
    String open(StageName stage) {
        return switch (stage) {
            case MODEL, CHAT, STREAM -> model.isEmpty() ? "no model to ask: none is registered and none was named"
                    : stage == StageName.STREAM && whole.isPresent() ? "not asked for: quirks.stream is false"
                            : "not run";
            case USAGE -> completion().isPresent()
                    ? "the endpoint does not say what it used; quirks.stream-usage = true asks for it" : "not run";
            case ROUTE, AUTH -> isDown() ? "not known: the server failed before it could tell"
                    : "only a completion can tell";
            case URL, DNS, TCP, PROXY, TLS, KEY, TOOLS, STRUCTURED -> "not run";
        };
    }

    /** Return the head of the answer by which a stage failed, for a line about it. */
    String answered(StageName stage) {
        return stage.compareTo(StageName.ROUTE) < 0 ? "" : answer.map(head -> "; seen: " + head(head)).orElse("");
    }

    private String url() {
        String base = endpoint.entry().settings().baseUrl().orElse("").replaceFirst("[?].*", "")
                .replaceFirst("/+$", "");
        String request = call.map(endpoint::requestLine).map(line -> line.substring(line.indexOf(' ') + 1)).orElse("");
        return !base.isEmpty() && request.startsWith(base + "/") ? "base-url, then " + request.substring(base.length())
                : request;
    }

    private String plain() {
        boolean here = call.map(sent -> dev.koine.spi.Origin.of(sent.uri())).filter(origin -> origin.isLoopback())
                .isPresent();
        boolean secure = call.filter(sent -> "https".equals(sent.uri().getScheme())).isPresent();
        return secure ? "a connection stood already" : here ? "none: plain http on this machine"
                : "none: plain http, anyone on the way can read along";
    }

    /** What fails on its own says nothing about path and key. */
    private boolean isDown() {
        return completion().isEmpty() && answer.filter(head -> head.status() >= 500).isPresent();
    }

    private Optional<String> auth() {
        if (!isDown() && (answer.isPresent() || route.isPresent())) {
            String list = models.map(found -> "; the list of models has " + found.size()).orElse("");
            return Optional.of((endpoint.entry().key().isPresent() ? "the key is taken" : "no key is wanted") + list);
        }
        return models.map(found -> "the list of models came: " + found.size());
    }

    private static String lookup(Trace.Lookup lookup) {
        var all = lookup.addresses();
        if (all.size() == 1 && all.getFirst().equals(lookup.name())) {
            return lookup.name() + " is an address";
        }
        return lookup.name() + " → " + all.getFirst() + (all.size() > 1 ? " and " + (all.size() - 1) + " more" : "")
                + took(lookup.took());
    }

    private String encryption(Trace.Encryption seen) {
        return seen.protocol() + ", certificate valid until " + seen.until().toString().substring(0, 10)
                + trace.shown().map(own -> ", shown that of " + own.subject()).orElse("") + took(seen.took());
    }

    static String head(Trace.Head head) {
        return head.status() + (head.type().isEmpty() ? "" : " " + head.type().replaceFirst("[;,].*", ""))
                + took(head.took());
    }

    private static String chat(ChatResponse response) {
        String text = response.text().strip().replaceAll("\\s+", " ");
        String quoted = text.isEmpty() ? "an answer without text"
                : "“" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "”";
        return quoted + response.choice().finishReason().map(reason -> ", finish reason " + reason).orElse("");
    }

    private static String usage(dev.koine.api.Usage usage) {
        return (usage.input().isPresent() ? usage.input().getAsLong() : "?") + " tokens in, "
                + (usage.output().isPresent() ? usage.output().getAsLong() : "?") + " out";
    }

    private static String took(java.time.Duration took) {
        return ", " + took.toMillis() + " ms";
    }
}
