package dev.koine.cli.providers;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.config.ConfigEdit;
import dev.koine.cli.models.ModelWords;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.syntax.Arguments;
import dev.koine.cli.syntax.KeyText;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Visible;
import dev.koine.core.Koine;
import dev.koine.core.config.Change;
import dev.koine.core.detection.ProbeReport;
import dev.koine.core.dialect.Preset;
import dev.koine.core.dialect.PresetModel;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.SelectionException;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.SecretRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code koine providers add [PRESET|URL]}. A failed or skipped test never prevents saving. */
public final class ProvidersAdd implements Command {
    @Override
    public Syntax syntax() {
        return ProvidersProbe.level(ConfigEdit.options(ProviderForm.options(Syntax
                .of("providers add", "Add a provider: a preset, a pasted URL or command, or (without either) your own.")
                .example("koine providers add groq").example("koine providers add https://api.example.com/v1")
                .example(
                        "koine providers add --name \"My AI Service\" --base-url https://api.example.com/v1 --models gpt-4")
                .example(
                        "koine providers add 'curl https://api.example.com/v1/chat/completions -H \"Authorization: Bearer $MY_KEY\"'")
                .optionalWord("PRESET|URL|CURL|-"))
                .option("--key-ref", "REF", "where the key is: env:NAME, file:PATH, keyring:ID, command:CMD or none")
                .flag("--stdin", "read the key from standard input and store it")
                .flag("--test", "test the endpoint afterwards, also without a terminal")
                .flag("--no-test", "do not test, and ask the endpoint nothing")))
                .note("koine providers presets lists the presets; - reads a command from standard input.")
                .note("No key is ever an argument. An unknown server on this machine is asked how it speaks, another one")
                .note("after a yes or with --probe: free GETs without a key; --probe=no asks nobody.");
    }

    @Override
    public ExitCode run(Context context) {
        var prefilled = Prefilled.of(context);
        return new Adding(prefilled.context(), prefilled.key()).run();
    }

    /** Add a provider as a person answers, without a test and without naming the next steps: others follow. */
    static NewProvider guided(Context context) {
        var prefilled = Prefilled.of(context);
        return new Adding(prefilled.context(), prefilled.key()).guided();
    }

    /** The service's own documentation comes before what somebody once used as an example. */
    static Optional<String> suggestion(Preset preset) {
        return preset.models().stream()
                .filter(model -> model.lifecycle().filter(life -> !life.status().equals("active")).isEmpty())
                .min(Comparator.comparing((PresetModel model) -> !model.source().startsWith("http")))
                .map(PresetModel::id);
    }

    /** One run of the command. */
    private static final class Adding {
        private final Context context;
        private final Arguments arguments;
        private final Koine koine;
        private final ConfigEdit edit;
        private final Optional<String> pasted;

        Adding(Context context, Optional<String> pasted) {
            this.context = context;
            this.pasted = pasted;
            this.arguments = context.arguments();
            this.koine = context.koine();
            this.edit = new ConfigEdit(context);
        }

        /** What was added, and how. */
        private record Added(NewProvider provider, Change change, Optional<String> request) {}

        ExitCode run() {
            Added added = add();
            return report(added.provider(), added.change(), added.request());
        }

        NewProvider guided() {
            Added added = add();
            say("Added [providers." + added.provider().id() + "] to " + edit.file(added.change()));
            edit.lines(added.change());
            return added.provider();
        }

        private Added add() {
            List<String> tags = ModelWords.tags(arguments.all("--tag"));
            refuseContradictions();
            arguments.text("--key-ref").ifPresent(this::checkReference);
            Optional<String> piped = arguments.has("--stdin")
                    ? Optional.of(KeyText.fromInput(context.surroundings().in()))
                    : pasted.map(KeyText::clean);
            var form = new ProviderForm(context);
            NewProvider plain = form.read();
            edit.preview(plain::into);
            Optional<String> request = tell(plain);
            Optional<String> key = piped.or(() -> key(form.asksAll(), plain));
            NewProvider provider = withModels(withKey(plain, key), models(form.asksAll()), tags);
            Change change = save(provider, key.filter(text -> !text.isEmpty()));
            warn(provider);
            return new Added(provider, change, request);
        }

        private void refuseContradictions() {
            for (List<String> pair : List.of(List.of("--key-ref", "--stdin"), List.of("--test", "--no-test"))) {
                if (pair.stream().allMatch(arguments::has)) {
                    throw Problem.usage(pair.get(0) + " and " + pair.get(1) + " contradict each other")
                            .why("only one of them can hold").fix("leave one of them out").toException();
                }
            }
        }

        private Optional<String> tell(NewProvider provider) {
            Optional<String> request = new ProviderFacts(koine, provider.entry()).request();
            say(provider.understood() + " Requests will go to");
            say("  " + request.orElse("?"));
            context.out().flush();
            return request;
        }

        private void say(String line) {
            if (context.globals().format() == Format.TEXT) {
                context.out().line(Visible.of(line));
            }
        }

        /** Return the key that was given; an empty one says that there is to be none; absent where nothing was said. */
        private Optional<String> key(boolean asksAll, NewProvider provider) {
            if (arguments.has("--key-ref")) {
                return Optional.empty();
            }
            Optional<String> variable = provider.preset().stream().flatMap(preset -> preset.keyEnv().stream())
                    .filter(name -> context.surroundings().variable(name).isPresent()).findFirst();
            if (variable.isPresent() && isAtHome(provider)) {
                say("Key: " + variable.get() + " from the environment");
                return Optional.empty();
            }
            boolean local = provider.preset().filter(Preset::local).isPresent();
            if (!context.canPrompt() || local && !asksAll) {
                return Optional.empty();
            }
            provider.preset().flatMap(Preset::keyUrl).ifPresent(url -> say("A key is made at " + url));
            context.out().flush();
            return Optional.of(KeyText.clean(context.askHidden("API key (hidden, Enter = none): ", "--stdin")))
                    .filter(text -> !text.isEmpty());
        }

        /** A reference that is none, and a file that cannot serve, are refused now and not at the first question. */
        private void checkReference(String given) {
            String reference = KeyText.reference(given, arguments.text("--id").orElse("PROVIDER"));
            if (reference.startsWith("file:")) {
                koine.secrets().resolve(new SecretRef(reference));
            }
        }

        /** The variables of a preset serve the preset's own origin only. */
        private static boolean isAtHome(NewProvider provider) {
            Optional<String> url = provider.table().text("base-url");
            return url.isEmpty() || provider.preset().map(Preset::baseUrl).filter(home -> !home.contains("{")
                    && BaseUrl.parse(home).origin().equals(BaseUrl.parse(url.get()).origin())).isPresent();
        }

        private NewProvider withKey(NewProvider provider, Optional<String> key) {
            return arguments.text("--key-ref")
                    .or(() -> key.map(text -> text.isEmpty() ? KeyText.NONE : "keyring:" + provider.id()))
                    .map(provider::withKey).orElse(provider);
        }

        private List<String> models(boolean asksAll) {
            if (arguments.has("--models") || !asksAll || !context.canPrompt()) {
                return ModelWords.ids(arguments.all("--models"));
            }
            return ModelWords.ids(List.of(context.ask("Models (comma-separated, Enter = none): ", "--models")));
        }

        private static NewProvider withModels(NewProvider provider, List<String> ids, List<String> tags) {
            var models = Json.object();
            ids.forEach(id -> models.put(id, ModelWords.tagged(tags)));
            return provider.withModels(models.build());
        }

        /** Store the key first, so that no saved provider is ever without the key that it names. */
        private Change save(NewProvider provider, Optional<String> key) {
            edit.preview(provider::into);
            boolean stores = key.isPresent() && !edit.isDryRun();
            boolean replaces = stores && koine.secrets().stored().contains(provider.id());
            if (stores) {
                String place = KeptKey.store(context, provider.entry(), key.get());
                say((replaces ? "Replaced the stored key " : "Stored the key as ") + provider.id() + " in " + place
                        + ".");
            }
            try {
                return edit.apply(provider::into);
            } catch (KoineException e) {
                if (stores && !replaces) {
                    koine.secrets().remove(provider.id());
                }
                throw e;
            }
        }

        private void warn(NewProvider provider) {
            ProviderEntry entry = provider.entry();
            koine.notices(entry).forEach(context::notice);
            var origin = entry.settings().baseUrl().filter(url -> !url.contains("{"))
                    .map(url -> BaseUrl.parse(url).origin());
            if (origin.filter(here -> !here.isSecure() && !here.isLoopback()).isPresent()) {
                boolean refused = entry.key().isPresent() && !entry.settings().allowHttp().orElse(false);
                context.notice("requests go over plain http, which others on the way can read" + (refused
                        ? "; the key is not sent so (koine providers set " + provider.id() + " allow-http true)" : ""));
            }
        }

        private ExitCode report(NewProvider provider, Change change, Optional<String> request) {
            var more = Json.object().put("request", request.<Json>map(Json::of).orElse(Json.NULL))
                    .put("preset", provider.preset().<Json>map(preset -> Json.of(preset.id())).orElse(Json.NULL))
                    .put("probe", provider.probe().<Json>map(ProbePrinter::json).orElse(Json.NULL));
            if (context.globals().format() == Format.TEXT) {
                say((edit.isDryRun() ? "Would add [providers." : "Added [providers.") + provider.id() + "] to "
                        + edit.file(change));
                edit.lines(change);
                if (edit.isDryRun()) {
                    edit.tellDryRun();
                    return ExitCode.OK;
                }
                next(provider);
                if (wantsTest()) {
                    test(provider);
                }
                return ExitCode.OK;
            }
            if (!edit.isDryRun() && arguments.has("--test")) {
                more.put("test", TestPrinter.json(new TestPrinter(context).run(saved(provider), Optional.empty())));
            }
            return edit.done(provider.id(), change, more.build());
        }

        private ProviderEntry saved(NewProvider provider) {
            return koine.registry().provider(provider.id()).orElseGet(provider::entry);
        }

        private boolean wantsTest() {
            if (arguments.has("--test") || arguments.has("--no-test")) {
                return arguments.has("--test");
            }
            if (!context.canPrompt()) {
                return false;
            }
            if (context.globals().yes()) {
                return true;
            }
            context.out().flush();
            try {
                String answer = context.ask("Test it now? It asks for at most two tiny completions. [Y/n] ",
                        "--no-test");
                return answer.isEmpty() || answer.toLowerCase(java.util.Locale.ROOT).startsWith("y");
            } catch (CliException e) {
                // The input ended; what was to be saved is saved.
                return false;
            }
        }

        private void test(NewProvider provider) {
            try {
                var printer = new TestPrinter(context);
                printer.print(saved(provider), printer.run(saved(provider), Optional.empty()));
                context.out().line("The provider is saved, whatever the test says.");
            } catch (KoineException e) {
                context.notice("the test could not be run: " + e.getMessage());
            }
        }

        private void next(NewProvider provider) {
            String id = provider.id();
            Optional<String> ref = provider.models().members().keySet().stream().findFirst()
                    .or(() -> provider.probe().flatMap(report -> report.models().stream().findFirst()))
                    .or(() -> provider.preset().flatMap(ProvidersAdd::suggestion)).map(model -> id + "/" + model);
            if (provider.models().isEmpty() && standsForItself(provider)) {
                ref = Optional.of(id);
            }
            var steps = new ArrayList<String>();
            if (wantsKey(provider)) {
                steps.add("koine keys set " + id);
            }
            steps.add(ref.map(model -> "koine ask -m " + Shell.word(model) + " \"hello\"")
                    .orElse("koine models add " + id + "/MODEL"));
            if (koine.registry().config().defaultModel().isEmpty()) {
                ref.ifPresent(model -> steps.add("koine models default " + Shell.word(model)));
            }
            String before = "Next: ";
            for (String step : steps) {
                say(before + step);
                before = "      ";
            }
        }

        /** A provider that names a deployment, be it in its address, needs no model. */
        private boolean standsForItself(NewProvider provider) {
            try {
                koine.registry().select(saved(provider));
                return true;
            } catch (SelectionException e) {
                return false;
            }
        }

        /** A service that makes keys will ask for one, and so will an endpoint that asked for one already. */
        private boolean wantsKey(NewProvider provider) {
            boolean asked = provider.probe().flatMap(ProbeReport::auth).flatMap(ProbeReport.Auth::wanted).orElse(false);
            boolean makesKeys = provider.preset().filter(preset -> preset.keyUrl().isPresent() && !preset.local())
                    .isPresent();
            return (asked || makesKeys) && saved(provider).key().isEmpty()
                    && provider.table().text("api-key").isEmpty();
        }
    }
}
