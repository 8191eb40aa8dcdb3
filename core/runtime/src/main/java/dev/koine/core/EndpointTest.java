package dev.koine.core;

import dev.koine.api.ChatRequest;
import dev.koine.api.FailureKind;
import dev.koine.api.Outcome;
import dev.koine.api.ProviderFailure;
import dev.koine.api.ProviderFailureException;
import dev.koine.core.TestReport.Stage;
import dev.koine.core.TestReport.State;
import dev.koine.core.registry.ModelEntry;
import dev.koine.core.registry.ProviderEntry;
import dev.koine.core.registry.Selection;
import dev.koine.core.secret.SecretException;
import dev.koine.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tests an endpoint in stages (URL, connect, auth, chat) and stops at the first fault. It asks for at most two tiny
 * completions: one, and where streaming is what failed, a second without it.
 */
final class EndpointTest {
    private static final Set<FailureKind> NETWORK = EnumSet.of(FailureKind.DNS, FailureKind.REFUSED,
            FailureKind.UNREACHABLE, FailureKind.TLS, FailureKind.CONNECTION_LOST, FailureKind.CONNECT_TIMEOUT,
            FailureKind.INSECURE, FailureKind.REDIRECT);
    private static final List<String> ORDER = List.of("URL", "Connect", "Auth", "Chat");
    private static final Set<FailureKind> KEY = EnumSet.of(FailureKind.AUTH_MISSING, FailureKind.AUTH_REJECTED,
            FailureKind.FORBIDDEN);

    private final Koine koine;
    private final List<Stage> stages = new ArrayList<>();

    EndpointTest(Koine koine) {
        this.koine = koine;
    }

    TestReport run(ProviderEntry entry, Optional<ModelEntry> named, CallOptions options) {
        var model = named.or(() -> usual(entry));
        var request = url(entry, model, options);
        if (request.isPresent() && connectAndAuth(entry, options)) {
            model.ifPresentOrElse(asked -> chat(new Selection(entry, asked, List.of()), options),
                    () -> open("Chat", "no model to ask: none is registered and none was named"));
        }
        for (String name : ORDER) {
            if (!has(name)) {
                open(name, "not run");
            }
        }
        stages.sort(Comparator.comparingInt(stage -> ORDER.indexOf(stage.name())));
        return new TestReport(entry.id(), request.filter(line -> !line.isEmpty()), stages);
    }

    private Optional<ModelEntry> usual(ProviderEntry entry) {
        return entry.settings().defaultModel().map(id -> koine.registry().model(entry, id))
                .or(() -> koine.registry().models(entry).stream().filter(ModelEntry::enabled).findFirst())
                .or(() -> entry.settings().deployment().map(id -> koine.registry().model(entry, id)));
    }

    private Optional<String> url(ProviderEntry entry, Optional<ModelEntry> model, CallOptions options) {
        try {
            var asked = model.orElseGet(() -> koine.registry().model(entry, "MODEL"));
            if (koine.answersByItself(entry)) {
                passed("URL", entry.name() + " needs none: it answers by itself");
                return Optional.of("");
            }
            String request = koine.transport()
                    .requestLine(koine.encode(new Selection(entry, asked, List.of()), tiny(true), options));
            passed("URL", request);
            return Optional.of(request);
        } catch (ConfigurationException e) {
            failed("URL", mistaken(entry, e));
        } catch (ProviderFailureException e) {
            failed("URL", e.failure());
        }
        return Optional.empty();
    }

    /** The model list is free and needs the key at most services; where it does not, the chat will tell. */
    private boolean connectAndAuth(ProviderEntry entry, CallOptions options) {
        if (!entry.settings().listModels().orElse(true)) {
            return true;
        }
        try {
            var models = koine.listModels(entry, options.withRetries(0));
            passed("Connect", "the endpoint answers");
            passed("Auth", "the list of models came: " + models.size() + (models.size() == 1 ? " model" : " models"));
            return true;
        } catch (ProviderFailureException e) {
            var failure = e.failure();
            if (failure.kind() == FailureKind.UNSUPPORTED) {
                return true;
            }
            if (NETWORK.contains(failure.kind())) {
                failed("Connect", failure);
                return false;
            }
            if (KEY.contains(failure.kind())) {
                refused(failure);
                return false;
            }
            passed("Connect", "the endpoint answers");
            return true;
        } catch (ConfigurationException e) {
            failed("Connect", mistaken(entry, e));
            return false;
        } catch (SecretException e) {
            failed("Auth", keyless(entry, e));
            return false;
        }
    }

    private static ProviderFailure mistaken(ProviderEntry entry, ConfigurationException e) {
        var failure = ProviderFailure.builder(FailureKind.WRONG_PATH).message(e.getMessage()).field(e.field())
                .provider(entry.id());
        return entry.from() == ProviderEntry.From.CONFIG
                ? failure.fix("koine providers set " + entry.id() + " " + e.field() + " VALUE").build()
                : failure.build();
    }

    private static ProviderFailure keyless(ProviderEntry entry, SecretException e) {
        return ProviderFailure.builder(FailureKind.AUTH_MISSING).message(e.getMessage()).field(e.field())
                .provider(entry.id()).fix(e.fix()).build();
    }

    private void chat(Selection selection, CallOptions options) {
        try {
            var response = koine.chat(selection, tiny(true), options.withRetries(0));
            boolean good = response.outcome() != Outcome.ERROR;
            authPassed();
            if (good) {
                passed("Chat", selection.model().id() + " answered"
                        + response.choice().finishReason().map(reason -> ", finish reason " + reason).orElse(""));
            } else {
                failed("Chat", response.failure().orElseThrow());
            }
        } catch (ProviderFailureException e) {
            blame(e.failure(), selection, options);
        } catch (ConfigurationException e) {
            failed("Connect", mistaken(selection.provider(), e));
        } catch (SecretException e) {
            failed("Auth", keyless(selection.provider(), e));
        }
    }

    private void blame(ProviderFailure failure, Selection selection, CallOptions options) {
        if (NETWORK.contains(failure.kind())) {
            failed("Connect", failure);
            return;
        }
        if (KEY.contains(failure.kind())) {
            refused(failure);
            return;
        }
        if (!has("Connect")) {
            passed("Connect", "the endpoint answers");
        }
        if (failure.kind() == FailureKind.EMPTY || failure.kind() == FailureKind.UNEXPECTED_ANSWER
                || failure.kind() == FailureKind.STREAM_CUT) {
            try {
                koine.chat(selection, tiny(false), options.withRetries(0).withNotices(notice -> {}));
                var told = failure.toBuilder().why("the same request without streaming is answered");
                if (selection.provider().from() == ProviderEntry.From.CONFIG) {
                    told.fix("koine providers set " + selection.provider().id() + " quirks.stream false");
                }
                failed("Chat", told.build());
            } catch (ProviderFailureException e) {
                failed("Chat", failure);
            }
            return;
        }
        if (failure.kind() == FailureKind.MODEL_UNKNOWN || failure.kind() == FailureKind.DEPLOYMENT_UNKNOWN
                || failure.kind() == FailureKind.PARAM_REJECTED || failure.kind() == FailureKind.RATE_LIMITED) {
            authPassed();
        }
        failed("Chat", failure);
    }

    /** A key that is not there is found missing before anything is sent. */
    private void refused(ProviderFailure failure) {
        if (!has("Connect") && failure.status().isPresent()) {
            passed("Connect", "the endpoint answers");
        }
        stages.removeIf(stage -> stage.name().equals("Auth"));
        failed("Auth", failure);
    }

    private void authPassed() {
        if (!has("Connect")) {
            passed("Connect", "the endpoint answers");
        }
        if (!has("Auth")) {
            passed("Auth", "the endpoint takes the request");
        }
    }

    private boolean has(String name) {
        return stages.stream().anyMatch(stage -> stage.name().equals(name));
    }

    private static ChatRequest tiny(boolean stream) {
        return ChatRequest.builder().user("Say hi.").stream(stream).build();
    }

    private void passed(String name, String text) {
        stages.add(new Stage(name, State.PASSED, text, Optional.empty()));
    }

    private void failed(String name, ProviderFailure failure) {
        stages.add(new Stage(name, State.FAILED, failure.message(), Optional.of(failure)));
    }

    private void open(String name, String text) {
        stages.add(new Stage(name, State.OPEN, text, Optional.empty()));
    }
}
