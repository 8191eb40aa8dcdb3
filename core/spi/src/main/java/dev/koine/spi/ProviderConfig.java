package dev.koine.spi;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.util.Optional;

/**
 * The configuration of one endpoint, as a dialect sees it. Everything in it was checked by the engine; a preset's values
 * stand where the user set none.
 *
 * @param id the provider's id in the configuration
 * @param baseUrl the base URL, tidied, placeholders filled; empty where none is configured
 * @param apiPath the user's {@code api-path}, such as {@code /v2}
 * @param deployment the {@code deployment} for models that name none
 * @param apiVersion the {@code api-version}
 * @param authStyle the user's {@code auth}
 * @param apiKey where the key is; empty where there is none
 * @param options the {@code options} table, checked against {@link DialectDescriptor#options()}
 * @param quirks the {@code quirks} table of provider and preset
 */
public record ProviderConfig(String id, Optional<BaseUrl> baseUrl, Optional<String> apiPath,
        Optional<String> deployment, Optional<String> apiVersion, Optional<AuthStyle> authStyle,
        Optional<SecretRef> apiKey, Json.Obj options, Json.Obj quirks) {
    public ProviderConfig {
        requireNonNull(id, "id is null");
        requireNonNull(baseUrl, "baseUrl is null");
        requireNonNull(apiPath, "apiPath is null");
        requireNonNull(deployment, "deployment is null");
        requireNonNull(apiVersion, "apiVersion is null");
        requireNonNull(authStyle, "authStyle is null");
        requireNonNull(apiKey, "apiKey is null");
        requireNonNull(options, "options is null");
        requireNonNull(quirks, "quirks is null");
    }

    /**
     * Return the base URL.
     *
     * @throws ConfigurationException if none is configured
     */
    public BaseUrl requireBaseUrl() {
        return baseUrl.orElseThrow(() -> new ConfigurationException("base-url",
                id + " has no base-url, and this dialect needs one"));
    }

    /** Return how requests are authenticated: the key, in the user's style or else in the dialect's own. */
    public Auth auth(AuthStyle defaultStyle) {
        return authStyle.orElse(defaultStyle).with(apiKey);
    }

    /** Return a builder of a configuration. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Return a builder that starts with what this configuration has. */
    public Builder toBuilder() {
        var builder = new Builder(id);
        builder.baseUrl = baseUrl;
        builder.apiPath = apiPath;
        builder.deployment = deployment;
        builder.apiVersion = apiVersion;
        builder.authStyle = authStyle;
        builder.apiKey = apiKey;
        builder.options = options;
        builder.quirks = quirks;
        return builder;
    }

    /** Collects a configuration. */
    public static final class Builder {
        private final String id;
        private Optional<BaseUrl> baseUrl = Optional.empty();
        private Optional<String> apiPath = Optional.empty();
        private Optional<String> deployment = Optional.empty();
        private Optional<String> apiVersion = Optional.empty();
        private Optional<AuthStyle> authStyle = Optional.empty();
        private Optional<SecretRef> apiKey = Optional.empty();
        private Json.Obj options = Json.EMPTY;
        private Json.Obj quirks = Json.EMPTY;

        private Builder(String id) {
            this.id = requireNonNull(id, "id is null");
        }

        /** Set the base URL. */
        public Builder baseUrl(BaseUrl value) {
            baseUrl = Optional.of(value);
            return this;
        }

        /**
         * Set the base URL from text.
         *
         * @throws ConfigurationException if {@code value} is no base URL
         */
        public Builder baseUrl(String value) {
            return baseUrl(BaseUrl.parse(value));
        }

        /** Set the api-path. */
        public Builder apiPath(String value) {
            apiPath = Optional.of(value);
            return this;
        }

        /** Set the deployment. */
        public Builder deployment(String value) {
            deployment = Optional.of(value);
            return this;
        }

        /** Set the api-version. */
        public Builder apiVersion(String value) {
            apiVersion = Optional.of(value);
            return this;
        }

        /** Set the way in which the key travels. */
        public Builder authStyle(AuthStyle value) {
            authStyle = Optional.of(value);
            return this;
        }

        /** Set where the key is. */
        public Builder apiKey(SecretRef value) {
            apiKey = Optional.of(value);
            return this;
        }

        /** Set the options. */
        public Builder options(Json.Obj value) {
            options = requireNonNull(value, "options is null");
            return this;
        }

        /** Set the quirks. */
        public Builder quirks(Json.Obj value) {
            quirks = requireNonNull(value, "quirks is null");
            return this;
        }

        /** Return the configuration. */
        public ProviderConfig build() {
            return new ProviderConfig(id, baseUrl, apiPath, deployment, apiVersion, authStyle, apiKey, options, quirks);
        }
    }
}
