package dev.koine.cli.providers;

import java.util.List;
import java.util.Optional;

/**
 * How a service says no, for {@link StandIn} and for {@code docs/troubleshooting.md}. No answer in here is a recording: all
 * are written by hand after the services' documentation, the servers' sources and public issue threads.
 *
 * @param id the provider's id in a test
 * @param name the service's name
 * @param dialect the dialect that it wants
 * @param base the path of its base URL
 * @param chatPath the path of its chat completions; {@code {deployment}} stands for any deployment
 * @param keyHeader the header that carries the key, up to the key
 * @param needsKey whether it answers without a key
 * @param model the one model or deployment that it has
 * @param takesAnyModel whether it answers whatever model is named
 * @param listsModels whether its list of models is of use
 * @param apiVersions the versions that it knows; none where the address has no such thing
 * @param strayBase a base URL's path that people use by mistake
 * @param strayDialect the dialect that goes with it
 * @param strayField the setting that mends it
 * @param wrongPath what it says at a path that it does not have
 * @param wrongKey what it says to a wrong key
 * @param noKey what it says where no key comes in the header that it looks at
 * @param wrongModel what it says to a model that it does not have
 * @param wrongVersion what it says to a version that it does not know
 * @param nothingAsked what it says to a request without content
 */
record ServiceFacts(String id, String name, String dialect, String base, String chatPath, String keyHeader,
        boolean needsKey, String model, boolean takesAnyModel, boolean listsModels, List<String> apiVersions,
        String strayBase, String strayDialect, String strayField, Said wrongPath, Said wrongKey, Said noKey,
        Said wrongModel,
        Said wrongVersion, Said nothingAsked) {

    /** An answer; {@code %PATH%} and {@code %MODEL%} stand for what was asked for. */
    record Said(int status, String type, String body) {
        static Said json(int status, String body) {
            return new Said(status, "application/json", body);
        }

        static Said text(int status, String body) {
            return new Said(status, "text/plain", body);
        }

        static Said nothing(int status) {
            return new Said(status, "", "");
        }

        Said at(String path) {
            return new Said(status, type, body.replace("%PATH%", path));
        }

        Said of(String model) {
            return new Said(status, type, body.replace("%MODEL%", model));
        }
    }

    /** Return the path of its list of models; none is served where it has none. */
    String modelsPath() {
        return !listsModels ? "" : chatPath.contains("/deployments/")
                ? chatPath.replaceFirst("/deployments/.*", "/models")
                : chatPath.replace("/chat/completions", "/models");
    }

    /** Return the whole settings that work, for an address of the service. */
    String settings(String origin) {
        return settings(origin + base, dialect);
    }

    String settings(String url, String spoken) {
        return "[providers.%s]\nbase-url = \"%s\"\ndialect = \"%s\"\napi-key = \"%s\"\n%s%s".formatted(id, url, spoken,
                needsKey ? "env:SERVICE_KEY" : "none", style().map(auth -> "auth = \"" + auth + "\"\n").orElse(""),
                listsModels ? "" : "list-models = false\n");
    }

    private Optional<String> style() {
        return keyHeader.equals("x-portkey-api-key: ") ? Optional.of("header:x-portkey-api-key") : Optional.empty();
    }

    static Builder of(String id, String name) {
        return new Builder(id, name);
    }

    /** Collects the facts; what is not said is as OpenAI has it. */
    static final class Builder {
        private final String id;
        private final String name;
        private String dialect = "openai";
        private String base = "/v1";
        private String chatPath = "/v1/chat/completions";
        private String keyHeader = "Authorization: Bearer ";
        private boolean needsKey = true;
        private String model = "some-model";
        private boolean anyModel;
        private boolean lists = true;
        private List<String> versions = List.of();
        private String strayBase = "/v1/v1";
        private Optional<String> strayDialect = Optional.empty();
        private String strayField = "base-url";
        private Said wrongPath = Said.json(404, """
                {"error":{"type":"invalid_request_error","code":"unknown_url","message":"Unknown request URL: POST %PATH%. \
                Please check the URL for typos.","param":null}}""");
        private Said wrongKey = Said.json(401, """
                {"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,\
                "code":"invalid_api_key"}}""");
        private Said wrongModel = Said.json(404, """
                {"error":{"message":"The model `%MODEL%` does not exist or you do not have access to it.",\
                "type":"invalid_request_error","param":null,"code":"model_not_found"}}""");
        private Optional<Said> noKey = Optional.empty();
        private Optional<Said> wrongVersion = Optional.empty();
        private Said nothingAsked = Said.json(400, """
                {"error":{"message":"Missing required parameter: 'messages'.","type":"invalid_request_error",\
                "param":"messages","code":"missing_required_parameter"}}""");

        private Builder(String id, String name) {
            this.id = id;
            this.name = name;
        }

        String id() {
            return id;
        }

        Builder at(String value) {
            base = value;
            chatPath = (value.matches(".*/v\\d.*") ? value : value + "/v1") + "/chat/completions";
            return this;
        }

        Builder bare(String value) {
            dialect = "openai-bare";
            base = value;
            chatPath = value + "/chat/completions";
            return this;
        }

        Builder azure(String value, String path, String... known) {
            dialect = "azure";
            base = value;
            chatPath = path;
            keyHeader = "api-key: ";
            versions = List.of(known);
            return this;
        }

        Builder keyIn(String header) {
            keyHeader = header;
            return this;
        }

        Builder keyless() {
            needsKey = false;
            return this;
        }

        Builder model(String value) {
            model = value;
            return this;
        }

        Builder anyModel() {
            anyModel = true;
            return this;
        }

        Builder withoutList() {
            lists = false;
            return this;
        }

        Builder stray(String value) {
            strayBase = value;
            return this;
        }

        Builder stray(String value, String spoken, String field) {
            strayBase = value;
            strayDialect = Optional.of(spoken);
            strayField = field;
            return this;
        }

        Builder path(Said value) {
            wrongPath = value;
            return this;
        }

        Builder key(Said value) {
            wrongKey = value;
            return this;
        }

        Builder noKey(Said value) {
            noKey = Optional.of(value);
            return this;
        }

        Builder unknown(Said value) {
            wrongModel = value;
            return this;
        }

        Builder version(Said value) {
            wrongVersion = Optional.of(value);
            return this;
        }

        Builder empty(Said value) {
            nothingAsked = value;
            return this;
        }

        ServiceFacts build() {
            return new ServiceFacts(id, name, dialect, base, chatPath, keyHeader, needsKey, model, anyModel, lists,
                    versions, strayBase, strayDialect.orElse(dialect), strayField, wrongPath, wrongKey,
                    noKey.orElse(wrongKey), wrongModel,
                    wrongVersion.orElse(wrongPath), nothingAsked);
        }
    }
}
