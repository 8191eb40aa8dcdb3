package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says about a provider. A preset's provider table has the same keys.
 *
 * @param id the provider's id
 * @param table its table as written without {@code models}, checked; keys in kebab case
 * @param models its models by their ids, in the order of the file
 */
public record ProviderSettings(String id, Json.Obj table, Map<String, ModelSettings> models) {
    public ProviderSettings {
        requireNonNull(id, "id is null");
        requireNonNull(table, "table is null");
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** Return the settings of a provider's table, with {@code models} or without. */
    public static ProviderSettings of(String id, Json.Obj table) {
        var models = new LinkedHashMap<String, ModelSettings>();
        Tables.table(table, "models").members().forEach((model, value) -> {
            if (value instanceof Json.Obj settings) {
                models.put(model, new ModelSettings(model, settings));
            }
        });
        return new ProviderSettings(id, table.without("models"), models);
    }

    /** Return these settings laid over a preset's provider table, per key: tables merge, arrays replace. */
    public ProviderSettings over(Json.Obj presetTable) {
        return new ProviderSettings(id, presetTable.without("models").mergedWith(table), models);
    }

    /** Return the id of the preset that these settings overlay. */
    public Optional<String> preset() {
        return table.text("preset");
    }

    /** Return the display name. */
    public Optional<String> name() {
        return table.text("name");
    }

    /** Return whether the provider may be used. */
    public boolean enabled() {
        return Tables.truth(table, "enabled").orElse(true);
    }

    /** Return the id of the dialect. */
    public Optional<String> dialect() {
        return table.text("dialect");
    }

    /** Return the base URL as written; may hold {@code {resource}} and {@code {deployment}}. */
    public Optional<String> baseUrl() {
        return table.text("base-url");
    }

    /** Return what goes between base URL and operation, such as {@code /v2}. */
    public Optional<String> apiPath() {
        return table.text("api-path");
    }

    /** Return the reference to the key, such as {@code env:NAME} or {@code none}. */
    public Optional<String> apiKey() {
        return table.text("api-key");
    }

    /** Return how the key travels, such as {@code bearer} or {@code header:api-key}. */
    public Optional<String> auth() {
        return table.text("auth");
    }

    /** Return the deployment for models that name none. */
    public Optional<String> deployment() {
        return table.text("deployment");
    }

    /** Return what fills {@code {resource}} in the base URL. */
    public Optional<String> resource() {
        return table.text("resource");
    }

    /** Return the version of the service's interface. */
    public Optional<String> apiVersion() {
        return table.text("api-version");
    }

    /** Return the id of the model that is used where only the provider is named. */
    public Optional<String> defaultModel() {
        return table.text("default-model");
    }

    /** Return the user's own notes. */
    public Optional<String> notes() {
        return table.text("notes");
    }

    /** Return the address of the proxy. */
    public Optional<String> proxy() {
        return table.text("proxy");
    }

    /** Return where the login of the proxy is, as a reference. */
    public Optional<String> proxyAuth() {
        return table.text("proxy-auth");
    }

    /** Return headers that go with every request. */
    public Map<String, String> headers() {
        return Tables.textsByName(table, "headers");
    }

    /** Return query parameters that go with every request. */
    public Map<String, String> query() {
        return Tables.textsByName(table, "query");
    }

    /** Return request fields that are left out. */
    public List<String> drop() {
        return Tables.texts(table, "drop");
    }

    /** Return request fields that are sent under another name. */
    public Map<String, String> rename() {
        return Tables.textsByName(table, "rename");
    }

    /** Return fields that are merged into the body of every request. */
    public Json.Obj body() {
        return Tables.table(table, "body");
    }

    /** Return the settings of the dialect. */
    public Json.Obj options() {
        return Tables.table(table, "options");
    }

    /** Return the peculiarities of the endpoint, for the dialect. */
    public Json.Obj quirks() {
        return Tables.table(table, "quirks");
    }

    /** Return the time limits. */
    public Timeouts timeouts() {
        return Timeouts.of(Tables.table(table, "timeout"));
    }

    /** Return how often a failed request is repeated. */
    public Retries retries() {
        return Retries.of(Tables.table(table, "retries"));
    }

    /** Return how an encrypted connection is checked. */
    public TlsSettings tls() {
        return TlsSettings.of(Tables.table(table, "tls"));
    }

    /** Return whether a key may go over plain http to another machine. */
    public Optional<Boolean> allowHttp() {
        return Tables.truth(table, "allow-http");
    }

    /** Return whether the endpoint lists its models. */
    public Optional<Boolean> listModels() {
        return Tables.truth(table, "list-models");
    }
}
