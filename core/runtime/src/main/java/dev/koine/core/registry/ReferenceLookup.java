package dev.koine.core.registry;

import dev.koine.api.ModelListing;
import dev.koine.api.Tag;
import dev.koine.core.Nearest;
import dev.koine.core.Notice;
import dev.koine.core.registry.SelectionException.Reason;
import dev.koine.spi.BaseUrl;
import dev.koine.spi.ConfigurationException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a model reference names. The user is the source of truth: an id behind a known provider is taken as typed. */
final class ReferenceLookup {
    private final Registry registry;

    ReferenceLookup(Registry registry) {
        this.registry = registry;
    }

    Selection defaultSelection() {
        var config = registry.config();
        if (config.defaultModel().isPresent()) {
            return resolve(config.defaultModel().get());
        }
        if (config.providers().isEmpty()) {
            throw new SelectionException(Reason.NOTHING_CONFIGURED, "nothing is configured",
                    "there is no provider to ask and no model to use",
                    List.of("koine providers add", "koine demo", "koine ask -m sim/tutor \"hello\""));
        }
        var models = registry.models().stream()
                .filter(model -> config.providers().containsKey(model.provider()) && usable(model)).toList();
        throw new SelectionException(Reason.MODEL_MISSING, "no model was named, and there is no default model",
                "-m, KOINE_MODEL and default-model are all unset",
                models.isEmpty() ? List.of("koine models add PROVIDER/MODEL", "koine ask -m PROVIDER/MODEL …")
                        : List.of("koine models default " + models.getFirst().ref()));
    }

    Selection resolve(String written) {
        String ref = written.strip();
        if (ref.isEmpty()) {
            throw new SelectionException(Reason.MODEL_MISSING, "the model reference is empty",
                    "a model is named as PROVIDER/MODEL", List.of("koine models list", "koine providers list"));
        }
        String alias = registry.config().aliases().get(ref);
        if (alias != null && !alias.equals(ref)) {
            return resolveOnce(alias);
        }
        return resolveOnce(ref);
    }

    private Selection resolveOnce(String ref) {
        if (ref.startsWith("@")) {
            return byTag(ref);
        }
        int slash = ref.indexOf('/');
        if (slash > 0) {
            var provider = registry.provider(ref.substring(0, slash));
            if (provider.isPresent()) {
                String id = ref.substring(slash + 1);
                return id.isEmpty() ? alone(provider.get()) : typed(provider.get(), id);
            }
        }
        var provider = registry.providers().stream().filter(entry -> entry.id().equals(ref)).findFirst();
        return provider.map(this::alone).or(() -> byName(ref)).or(() -> registry.provider(ref).map(this::alone))
                .orElseThrow(() -> unknown(ref));
    }

    Selection typed(ProviderEntry provider, String id) {
        requireEnabled(provider);
        var model = registry.model(provider, id);
        if (!model.enabled()) {
            throw new SelectionException(Reason.MODEL_DISABLED, model.ref() + " is switched off",
                    "the configuration says enabled = false",
                    List.of("koine models set " + model.ref() + " enabled true"));
        }
        return selected(provider, model);
    }

    private Selection selected(ProviderEntry provider, ModelEntry model) {
        var notices = new ArrayList<Notice>();
        if (!model.registered() && !model.id().equals("*")) {
            nearSpelling(provider, model.id()).ifPresent(near -> notices.add(Notice.of(
                    model.ref() + " is sent as typed; did you mean " + provider.id() + "/" + near + "?")));
        }
        var today = LocalDate.now(ZoneOffset.UTC);
        boolean ahead = model.lifecycle().filter(fact -> fact.value().isAhead(today)).isPresent();
        model.life(today).map(words -> words + (ahead ? "" : "; it is asked all the same")).map(Notice::of)
                .ifPresent(notices::add);
        if (model.tags().contains(Tag.HEAVY)) {
            notices.add(Notice.of(model.ref() + " is tagged heavy"));
        }
        return new Selection(provider, model, notices);
    }

    private Optional<String> nearSpelling(ProviderEntry provider, String id) {
        List<String> known = Stream.of(
                registry.models(provider).stream().map(ModelEntry::id),
                registry.kept(provider).models().stream().map(ModelListing::id),
                provider.preset().stream().flatMap(preset -> preset.models().stream()).map(model -> model.id()))
                .flatMap(ids -> ids).distinct().toList();
        return known.contains(id) ? Optional.empty() : Nearest.to(id, known);
    }

    Selection alone(ProviderEntry provider) {
        requireEnabled(provider);
        var named = provider.settings().defaultModel();
        if (named.isPresent()) {
            return typed(provider, named.get());
        }
        var models = registry.models(provider).stream().filter(ModelEntry::enabled).toList();
        if (models.size() == 1) {
            return selected(provider, models.getFirst());
        }
        var deployment = deployment(provider);
        if (deployment.isPresent() && models.isEmpty()) {
            return typed(provider, deployment.get());
        }
        var steps = new ArrayList<>(List.of("koine ask -m " + (models.isEmpty() ? provider.id() + "/MODEL"
                : models.getFirst().ref()) + " …"));
        switch (provider.from()) {
            case CONFIG -> steps.add(models.isEmpty() ? "koine models add " + provider.id() + "/MODEL"
                    : "koine providers set " + provider.id() + " default-model " + models.getFirst().id());
            case PRESET -> steps.add("koine providers add " + provider.id());
            case ATTACHED, ONE_SHOT -> {}
        }
        throw new SelectionException(Reason.MODEL_MISSING, provider.name() + " was named without a model",
                models.isEmpty() ? "no model of it is registered"
                        : "it has " + models.size() + " models and no default-model",
                steps);
    }

    static Optional<String> deployment(ProviderEntry provider) {
        return provider.settings().deployment().or(() -> deploymentInBase(provider));
    }

    /** The address itself may say what is served there: {@code …/deployments/NAME}. */
    private static Optional<String> deploymentInBase(ProviderEntry provider) {
        try {
            return provider.settings().baseUrl().map(BaseUrl::parse).flatMap(base -> {
                var segments = base.segments();
                int at = segments.lastIndexOf("deployments");
                return at >= 0 && at + 1 < segments.size() ? Optional.of(segments.get(at + 1)) : Optional.empty();
            });
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    private Optional<Selection> byName(String name) {
        var models = registry.models();
        var byId = models.stream()
                .filter(model -> model.id().equals(name) || model.settings().aliases().contains(name)).toList();
        var named = byId.isEmpty()
                ? models.stream().filter(model -> model.name().filter(fact -> fact.value().equals(name)).isPresent())
                        .toList()
                : byId;
        // What is switched off is named only where nothing else has the name: the error then says that it is off.
        var usable = named.stream().filter(this::usable).toList();
        var found = usable.isEmpty() ? named.stream().limit(1).toList() : usable;
        if (found.size() > 1) {
            var refs = found.stream().map(ModelEntry::ref).toList();
            throw new SelectionException(Reason.MODEL_AMBIGUOUS,
                    name + " is offered by " + listed(found.stream().map(ModelEntry::provider).toList()),
                    "the name alone does not say which is meant",
                    refs.stream().map(ref -> "koine ask -m " + ref + " …").toList());
        }
        return found.stream().findFirst()
                .map(model -> typed(registry.provider(model.provider()).orElseThrow(), model.id()));
    }

    private Selection byTag(String ref) {
        var tag = Tag.of(ref.substring(1));
        if (tag.isPresent()) {
            var tagged = registry.models().stream().filter(model -> model.tags().contains(tag.get())).toList();
            return tagged.stream().filter(this::usable).findFirst().map(model -> meant(ref,
                    typed(registry.provider(model.provider()).orElseThrow(), model.id())))
                    .orElseThrow(() -> untagged(tag.get(), tagged));
        }
        String alias = registry.config().aliases().get(ref.substring(1));
        if (alias == null || alias.startsWith("@") && Tag.of(alias.substring(1)).isEmpty()) {
            throw new SelectionException(Reason.MODEL_UNKNOWN, ref + " is neither a tag nor an alias",
                    "the tags are @sandbox, @free, @main, @heavy and @unknown", List.of("koine models list"));
        }
        return meant(ref, resolveOnce(alias));
    }

    /** The user named a group and not a model: which one it became is the first thing to say. */
    private static Selection meant(String ref, Selection selection) {
        var notices = new ArrayList<>(selection.notices());
        notices.addFirst(Notice.of(ref + " is " + selection.model().ref()));
        return new Selection(selection.provider(), selection.model(), notices);
    }

    private SelectionException untagged(Tag tag, List<ModelEntry> off) {
        String message = "no model is tagged " + tag.id();
        if (!off.isEmpty()) {
            var first = off.getFirst();
            return new SelectionException(Reason.MODEL_UNKNOWN, message + " and switched on",
                    first.ref() + " is tagged so and switched off",
                    List.of(first.enabled() ? "koine providers set " + first.provider() + " enabled true"
                            : "koine models set " + first.ref() + " enabled true"));
        }
        var candidate = registry.models().stream().filter(model -> usable(model)
                && registry.provider(model.provider()).filter(ProviderEntry::isSimulated).isEmpty()).findFirst();
        return new SelectionException(Reason.MODEL_UNKNOWN, message,
                "tags are your own, and none of your models has this one",
                List.of(candidate.map(model -> "koine models set " + model.ref() + " tags " + Stream.concat(
                        model.tags().stream(), Stream.of(tag)).map(Tag::id).collect(Collectors.joining(",")))
                        .orElse("koine models add PROVIDER/MODEL --tag " + tag.id())));
    }

    private boolean usable(ModelEntry model) {
        return model.enabled() && registry.provider(model.provider()).filter(ReferenceLookup::enabled).isPresent();
    }

    /** What the host program attached is on, and must not be started to find that out. */
    private static boolean enabled(ProviderEntry provider) {
        return provider.from() == ProviderEntry.From.ATTACHED || provider.settings().enabled();
    }

    private void requireEnabled(ProviderEntry provider) {
        if (!enabled(provider)) {
            throw new SelectionException(Reason.PROVIDER_DISABLED, provider.name() + " is switched off",
                    "the configuration says enabled = false",
                    List.of("koine providers set " + provider.id() + " enabled true"));
        }
    }

    private SelectionException unknown(String ref) {
        int slash = ref.indexOf('/');
        var providers = registry.providers().stream().map(ProviderEntry::id).toList();
        if (slash > 0) {
            String id = ref.substring(0, slash);
            var near = Nearest.to(id, Stream.concat(providers.stream(), registry.presetIds().stream()).toList());
            return new SelectionException(Reason.PROVIDER_UNKNOWN, "there is no provider " + id,
                    near.map(name -> "did you mean " + name + "?").orElse("no provider and no preset has this id"),
                    near.map(name -> List.of("koine ask -m " + name + ref.substring(slash) + " …",
                            "koine providers list"))
                            .orElse(List.of("koine providers list", "koine providers presets")));
        }
        var names = Stream.of(providers.stream(), registry.models().stream().map(ModelEntry::ref),
                registry.models().stream().map(ModelEntry::id), registry.config().aliases().keySet().stream())
                .flatMap(all -> all).distinct().toList();
        var near = Nearest.to(ref, names);
        return new SelectionException(Reason.MODEL_UNKNOWN, "no provider, alias or model is called " + ref,
                near.map(name -> "did you mean " + name + "?").orElse("a model is named as PROVIDER/MODEL"),
                near.map(name -> List.of("koine ask -m " + name + " …", "koine models list"))
                        .orElse(List.of("koine models list", "koine providers list")));
    }

    private static String listed(List<String> words) {
        return words.size() < 2 ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
