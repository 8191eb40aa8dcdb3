package dev.koine.core;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.api.ProviderFailure;
import dev.koine.core.registry.Selection;
import dev.koine.spi.HttpCall;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.Repair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One operation's request as it is sent: edited by the user's settings, and mended once where a rejection says how. */
final class Mending {
    private final Selection selection;
    private final CallOptions options;
    private final Json.Obj extra;
    private final Map<String, String> headers;
    private ModelTarget target;
    private final List<String> dropped = new ArrayList<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private boolean repaired;
    private boolean noticed;

    /**
     * Begin an operation.
     *
     * @param extra the call's own fields
     * @param headers the call's own headers
     */
    Mending(Selection selection, CallOptions options, Json.Obj extra, Map<String, String> headers) {
        this.selection = requireNonNull(selection, "selection is null");
        this.options = requireNonNull(options, "options is null");
        this.extra = requireNonNull(extra, "extra is null");
        this.headers = requireNonNull(headers, "headers is null");
        var model = selection.model();
        this.target = new ModelTarget(model.id(), model.settings().deployment(), model.settings().quirks());
    }

    /** Return the model as the dialect is to see it now. */
    ModelTarget target() {
        return target;
    }

    /** Return the encoded call as it is sent. */
    HttpCall edited(HttpCall encoded) {
        return RequestEdits.applied(encoded, selection.provider().settings(), selection.model().settings(),
                new RequestEdits.Mended(dropped, renamed), extra, headers);
    }

    /** Tell what the dialect has to say of the call, the first time. */
    void notice(HttpCall encoded) {
        if (!noticed) {
            noticed = true;
            encoded.notices().forEach(text -> options.notices().accept(Notice.of(text)));
        }
    }

    /**
     * Obey a rejection that says what it wants, once.
     *
     * @param proposal asks the dialect for what would mend the request
     * @return whether the request is to be sent once more
     */
    boolean mend(ProviderFailure failure, Supplier<Optional<Repair>> proposal) {
        int status = failure.status().orElse(0);
        if (repaired || !options.repair() || status != 400 && status != 422) {
            return false;
        }
        proposal.get().ifPresent(this::apply);
        return repaired;
    }

    private void apply(Repair repair) {
        if (repair.setting().startsWith("quirks.")) {
            var quirks = target.quirks().with(repair.setting().substring("quirks.".length()), repair.value());
            target = new ModelTarget(target.id(), target.deployment(), quirks);
        } else if (repair.setting().equals("drop") && repair.value() instanceof Json.Arr(var names)) {
            names.forEach(name -> {
                if (name instanceof Json.Str(var text)) {
                    dropped.add(text);
                }
            });
        } else if (repair.setting().equals("rename") && repair.value() instanceof Json.Obj(var names)) {
            names.forEach((from, to) -> {
                if (to instanceof Json.Str(var text)) {
                    renamed.put(from, text);
                }
            });
        } else {
            return;
        }
        repaired = true;
        options.notices().accept(new Notice(
                selection.provider().name() + ": " + repair.reason() + "; sent once more without that",
                SettingCommand.of(selection, repair)));
    }
}
