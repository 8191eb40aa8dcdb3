package dev.koine.cli.command;

import dev.koine.api.ChatRequest;
import dev.koine.api.Json;
import dev.koine.api.Tag;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.Syntax;
import dev.koine.core.Koine;
import dev.koine.core.json.JsonReader;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.OneShot;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.core.registry.SelectionException;
import dev.koine.core.secret.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The options that the asking commands share: which model is meant, and what is said beside the prompt. */
public final class Asking {
    /** What a no to a question means. */
    public static final String NOTHING_SENT = "nothing was sent";

    private static final Pattern REFERENCE = Pattern.compile("none|(env|file|keyring|command):.+");

    private final Context context;

    public Asking(Context context) {
        this.context = context;
    }

    /** Add the options of an endpoint that is not saved. */
    public static Syntax endpoint(Syntax syntax) {
        return syntax.option("--url", "URL", "use this endpoint without saving it; -m is then the bare model id")
                .option("--dialect", "ID", "how the endpoint of --url speaks (openai, openai-bare, azure …)")
                .option("--key-ref", "REF", "where the key for --url is: env:NAME, file:PATH, keyring:ID, command:CMD")
                .option("--api-version", "V", "api-version of the endpoint of --url")
                .options("-H, --header", "'Name: value'", "send this header too (repeatable)");
    }

    /** Add the options of a request. */
    public static Syntax request(Syntax syntax) {
        return syntax.option("-s, --system", "TEXT", "instructions for the model; @FILE reads them from a file")
                .option("-t, --temperature", "N", "randomness, 0 to 2 at most services")
                .option("--top-p", "N", "choose among the likeliest tokens only, 0 to 1")
                .option("--max-tokens", "N", "the most tokens that may be written")
                .options("--stop", "TEXT", "end the answer before this text (repeatable)")
                .option("--seed", "N", "for answers that can be repeated, where a service honours it")
                .option("--frequency-penalty", "N", "-2 to 2: above 0, words are repeated less")
                .option("--presence-penalty", "N", "-2 to 2: above 0, new matters come up more")
                .option("--reasoning", "EFFORT", "how long to think, in the service's words (low, medium, high …)")
                .options("-p, --param", "K=V", "any other field of the request; V may be JSON (repeatable)")
                .flag("--no-stream", "ask for the whole answer at once");
    }

    /** Return a request with everything but the messages. */
    public ChatRequest.Builder request() {
        Arguments arguments = context.arguments();
        var request = ChatRequest.builder().stream(!arguments.has("--no-stream")).extra(extra());
        arguments.number("--temperature").ifPresent(request::temperature);
        arguments.integer("--max-tokens", 1).ifPresent(request::maxTokens);
        arguments.number("--top-p").ifPresent(request::topP);
        request.stop(arguments.all("--stop"));
        arguments.number("--frequency-penalty").ifPresent(request::frequencyPenalty);
        arguments.number("--presence-penalty").ifPresent(request::presencePenalty);
        arguments.text("--reasoning").ifPresent(request::reasoningEffort);
        arguments.whole("--seed", Long.MIN_VALUE).ifPresent(request::seed);
        if (!arguments.has("--url")) {
            request.headers(headers());
        }
        return request;
    }

    /** Return the fields that {@code -p} sets. */
    public Json.Obj extra() {
        var extra = Json.object();
        for (String written : context.arguments().all("--param")) {
            int at = written.indexOf('=');
            if (at < 1) {
                throw Problem.usage("--param takes K=V, not " + written).why("the name of a field stands before the =")
                        .fix("koine ask -p top_p=0.9 …").toException();
            }
            extra.put(written.substring(0, at), value(written.substring(at + 1)));
        }
        return extra.build();
    }

    /** Return what a person wrote as JSON if it is JSON, else as a text. */
    public static Json value(String written) {
        return JsonReader.read(written).orElseGet(() -> Json.of(written));
    }

    /** Return the headers that {@code -H} sets. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        for (String written : context.arguments().all("--header")) {
            int at = written.indexOf(':');
            if (at < 1) {
                throw Problem.usage("--header takes 'Name: value', and no colon was given")
                        .why("the name of a header stands before the colon").fix("koine ask -H 'X-Title: test' …")
                        .toException();
            }
            String name = written.substring(0, at).strip();
            if (Redactor.isSecretHeader(name)) {
                throw Problem.usage("a key is not taken from the command line")
                        .why("the header " + name
                                + " would be in your shell history and in ps; consider the key leaked")
                        .fix("--key-ref env:NAME", "koine keys set PROVIDER").toException();
            }
            headers.put(name, written.substring(at + 1).strip());
        }
        return headers;
    }

    /** Return the endpoint that {@code --url} names, if it was given. */
    public Optional<ProviderEntry> endpoint() {
        Optional<String> url = context.arguments().text("--url");
        if (url.isPresent()) {
            return Optional.of(context.koine().registry().oneShot(oneShot(url.get())));
        }
        for (String option : List.of("--dialect", "--key-ref", "--api-version")) {
            if (context.arguments().has(option)) {
                throw Problem.usage(option + " belongs to --url").why("a saved endpoint has its own")
                        .fix("koine providers set ID " + option.substring(2).replace("key-ref", "api-key") + " …")
                        .toException();
            }
        }
        return Optional.empty();
    }

    /** Return the model that is meant: of {@code --url}, or as {@code -m}, the environment or the configuration says. */
    public Selection selection() {
        return selection(context.koine()::select);
    }

    /** Return the model that is meant to turn texts into vectors. */
    public Selection embedding() {
        return selection(context.koine()::selectForEmbeddings);
    }

    private Selection selection(Function<String, Selection> find) {
        Koine koine = context.koine();
        Optional<ProviderEntry> endpoint = endpoint();
        if (endpoint.isPresent()) {
            return context.globals().model().map(model -> koine.registry().select(endpoint.get(), model))
                    .orElseGet(() -> koine.registry().select(endpoint.get()));
        }
        Optional<String> named = context.globals().model().or(() -> context.surroundings().variable("KOINE_MODEL"));
        return named.or(() -> koine.config().defaultModel()).map(find).orElseGet(() -> usual(koine));
    }

    /** Tell what is to be known of the choice, and ask before a heavy model where the configuration wants that. */
    public void announce(Selection selection, boolean isSent) {
        announce(selection, isSent, question -> context.confirm(question, NOTHING_SENT));
    }

    /**
     * Tell and ask like {@link #announce(Selection, boolean)} where the lines of a person come from elsewhere.
     *
     * @param confirm asks a question, and throws where the answer is not yes
     */
    public void announce(Selection selection, boolean isSent, Consumer<String> confirm) {
        selection.notices().forEach(context::notice);
        if (isSent && selection.model().tags().contains(Tag.HEAVY)
                && context.koine().config().precautions().confirmHeavy()) {
            confirm.accept("Ask " + selection.model().ref() + ", which you tagged heavy?");
        }
    }

    /** Return the model that {@code -m} names of this provider: by the whole reference, or by its bare id. */
    public Optional<ModelEntry> named(ProviderEntry provider) {
        return context.globals().model().map(ref -> ref.startsWith(provider.id() + "/")
                ? ref.substring(provider.id().length() + 1) : ref)
                .map(id -> context.koine().registry().model(provider, id));
    }

    private OneShot oneShot(String url) {
        Optional<String> key = context.arguments().text("--key-ref");
        if (key.filter(reference -> !REFERENCE.matcher(reference).matches()).isPresent()) {
            throw Problem.usage("--key-ref takes a reference, not a key")
                    .why("a key on the command line is in your shell history and in ps; if this was one, consider it leaked")
                    .fix("--key-ref env:NAME", "--key-ref file:PATH").toException();
        }
        return new OneShot(url, context.arguments().text("--dialect"), key, context.arguments().text("--api-version"),
                headers());
    }

    private Selection usual(Koine koine) {
        try {
            return koine.registry().defaultSelection();
        } catch (SelectionException e) {
            if (e.reason() != SelectionException.Reason.NOTHING_CONFIGURED) {
                throw e;
            }
            return unconfigured(koine);
        }
    }

    /** Made-up text must never be mistaken for an answer: only a person gets it unasked, and is told. */
    private Selection unconfigured(Koine koine) {
        String simulator = context.surroundings().variable("KOINE_SIMULATOR").orElse("auto");
        boolean person = context.surroundings().tty().out() && !koine.config().exists();
        var alternatives = new Alternatives(context);
        if (simulator.equals("always") || simulator.equals("auto") && person) {
            context.notice("nothing is configured, so the built-in simulator (" + Simulation.TUTOR + ") answers");
            alternatives.lines().forEach(context::notice);
            return koine.select(Simulation.TUTOR);
        }
        var problem = Problem.builder(ExitCode.CONFIG, SelectionException.Reason.NOTHING_CONFIGURED.code(),
                "nothing is configured").why(
                        simulator.equals("never")
                                ? "there is no provider to ask, and KOINE_SIMULATOR=never keeps the simulator quiet"
                                : "there is no provider to ask, and the simulator answers by itself only in a terminal");
        alternatives.commands().forEach(problem::fix);
        throw problem
                .fix("koine init", "koine providers add", "koine demo", "koine ask -m " + Simulation.TUTOR + " \"…\"")
                .toException();
    }
}
