package dev.koine.cli.providers;

import static java.util.stream.Collectors.joining;

import dev.koine.cli.GeneratedPage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} is made of the same data that {@link TroubleshootingTest} tries. */
class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    @Test
    void thePageSaysWhatTheTestsTry() {
        GeneratedPage.isCurrent(PAGE, page());
    }

    private static String page() {
        return """
                <!-- Made of the data of the tests. Write it anew with
                     %s -->
                # Troubleshooting: one command, and what it tells

                    koine providers test my-ai-service

                tests a provider in stages, stops at the first fault, and names the setting, what was seen, why that means this
                setting, and the command that mends it. Where a command can mend it, it was tried on the endpoint before it is
                named. `koine doctor` looks at everything else: Java, files, keys, local servers, plugins, terminal.

                ## The stages

                | stage | what it looks at | what is named when it fails |
                |---|---|---|
                | URL | base URL, dialect and model make an address | the setting that cannot be used |
                | DNS | the host's name stands for an address | `base-url`, with the name that was probably meant |
                | TCP | something listens at the port | `base-url`, or how the local server is started |
                | Proxy | the proxy lets the request through: refused, or a login wanted (407) | `proxy`, `proxy-auth` |
                | TLS | the certificate: authority, date, host; and whether the port speaks TLS at all | `tls.ca-file`, `base-url` |
                | Key | the key is where it should be, and may travel | `api-key`, `allow-http` |
                | Route | the path is there | `base-url`, `dialect`, `api-version` |
                | Auth | the key is taken; place and account are served | `api-key`, `auth` |
                | Model | the model or deployment is there, not retired, and this account may use it | `model`, `deployment` |
                | Chat | a completion comes | the field of the request that is refused |
                | Stream | it comes in pieces | `quirks.stream` |
                | Usage | the endpoint says what it used | nothing: it may stay silent |
                | Tools, Structured output | only with `--full` | `drop`, `quirks.json-schema` |

                What was not run is said. A test asks for at most two tiny completions, with `--full` four. Everything else is
                free: a request without a key to see the connection, the list of models, and, where something is wrong, requests
                that ask for nothing. They go to the same host only.

                **Wrong path or wrong model?** Both are a 404. Koine compares the answer with one to an empty request, one to a
                path that cannot be there, and one for a model that cannot be there. Where a server answers them all alike, that
                is what you are told.

                ## Line by line

                **Connection failed**

                | check | stages | when it is the fault |
                |---|---|---|
                | Base URL is correct (usually ends with `/v1`) | URL, Route | `koine providers set my-ai-service base-url https://api.example.com/v1` |
                | the API key is valid | Key, Auth | `koine keys set my-ai-service` |
                | your network can reach the service | DNS, TCP, Proxy, TLS | `koine providers set my-ai-service proxy http://proxy.example.com:3128`, `tls.ca-file` |

                **Model not working**

                | check | stages | when it is the fault |
                |---|---|---|
                | the model id is spelled correctly | Model | `koine providers set my-ai-service default-model gpt-4`, with the nearest id of the endpoint's own list |
                | the model is available in your account | Model, Auth | `model.forbidden`, `model.retired`, `quota.exhausted` are kinds of their own |
                | the provider has regional restrictions | Auth | `auth.region` is a kind of its own: a proxy elsewhere, or another service |

                **Response format wrong**

                | check | how |
                |---|---|
                | the provider's documentation | the preset's link ends the report |
                | adjust request parameters | `koine providers set my-ai-service drop '["logprobs"]'`, `rename`, `body`; see [quirks](quirks.md) |
                | contact the provider | `koine ask -m my-ai-service/gpt-4 --dry-run -o curl hi` is the request as a command, without the key |

                ## Situation and service

                Which setting is named. Each cell is tried by a test: the service says no in its own way, the test of the provider
                names this setting, the command that it gives is run, and the next test passes. A dash means that the service has
                no such situation. The answers are written by hand after the services' documentation and public reports, and
                services change; where recordings of real answers are at hand, the tests try these as well.

                | service | %s |
                |---|%s
                %s
                Wrong version is the `api-version` where there is one, else the version in the path. A command that needs what only
                you know has a word in capitals in its place: the file of an authority, the name of a deployment, the key at the
                prompt.
                """
                .formatted(GeneratedPage.REGENERATE,
                        Stream.of(Situation.values()).map(Situation::words).collect(joining(" | ")),
                        "---|".repeat(Situation.values().length),
                        Services.all().stream().map(TroubleshootingPageTest::row).collect(joining()));
    }

    private static String row(ServiceFacts service) {
        return "| " + service.name() + " | " + Stream.of(Situation.values())
                .map(situation -> situation.field(service).map(field -> "`" + field + "`").orElse("–"))
                .collect(joining(" | ")) + " |\n";
    }
}
