package dev.koine.core.dialect;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.spi.BaseUrl;
import java.util.List;
import java.util.Optional;

/**
 * A well-known endpoint, as data. It says how to reach a service; its models are suggestions and never registered by
 * themselves.
 *
 * @param id the preset's id
 * @param name the service's name
 * @param provider what is merged under the user's provider table, in the keys of the configuration file
 * @param keyEnv the environment variables that usually hold the key, most usual first
 * @param keyUrl where a key is made
 * @param docs where the service is documented
 * @param ask the provider keys and placeholders that a person must be asked for
 * @param match the URLs by which it is recognised
 * @param detect how it is found on this machine
 * @param start how a person starts it on this machine
 * @param local whether it is a server on this machine, for which a key is optional
 * @param models the models that it suggests
 * @param note a sentence or two about the service
 * @param source where these facts come from
 * @param asOf the day on which they were looked up, as {@code YYYY-MM-DD}
 * @param owner whose preset it is: a module, a plugin, or the name of the user's file
 */
public record Preset(String id, String name, Json.Obj provider, List<String> keyEnv, Optional<String> keyUrl,
        Optional<String> docs, List<String> ask, Optional<Match> match, Optional<Detect> detect,
        Optional<String> start, boolean local, List<PresetModel> models, Optional<String> note, String source,
        String asOf, String owner) {
    public Preset {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(provider, "provider is null");
        keyEnv = List.copyOf(keyEnv);
        requireNonNull(keyUrl, "keyUrl is null");
        requireNonNull(docs, "docs is null");
        ask = List.copyOf(ask);
        requireNonNull(match, "match is null");
        requireNonNull(detect, "detect is null");
        requireNonNull(start, "start is null");
        models = List.copyOf(models);
        requireNonNull(note, "note is null");
        requireNonNull(source, "source is null");
        requireNonNull(asOf, "asOf is null");
        requireNonNull(owner, "owner is null");
    }

    /** Return the base URL, which may hold {@code {placeholders}}. */
    public String baseUrl() {
        return provider.text("base-url").orElseThrow();
    }

    /** Return the id of the dialect that the endpoint speaks. */
    public String dialect() {
        return provider.text("dialect").orElseThrow();
    }

    /**
     * The URLs by which a preset is recognised. Scheme and port do not matter.
     *
     * @param hosts hosts in lower case; {@code *.example.com} stands for every host below {@code example.com}
     * @param path what the path must hold, at whole segments; an empty one is in every path
     */
    public record Match(List<String> hosts, String path) {
        public Match {
            hosts = List.copyOf(hosts);
            requireNonNull(path, "path is null");
        }

        /**
         * Return how well a URL matches, higher is better, or zero when it does not: a path beats none, a longer one a
         * shorter one, an exact host a host pattern.
         */
        int weight(BaseUrl base) {
            String tail = path.endsWith("/") ? path : path + "/";
            if (!path.isEmpty() && !(base.path() + "/").contains(tail)) {
                return 0;
            }
            String host = base.origin().host();
            int best = 0;
            for (String pattern : hosts) {
                if (host.equals(pattern)) {
                    best = 2;
                } else if (best == 0 && pattern.startsWith("*.") && host.endsWith(pattern.substring(1))
                        && host.length() > pattern.length() - 1) {
                    best = 1;
                }
            }
            return best == 0 ? 0 : best + 2 * path.length();
        }
    }

    /**
     * How a local server is found.
     *
     * @param ports the ports to ask on, in this order
     * @param path the path to get
     * @param json a member that the JSON answer has
     * @param body what stands in the answer, whatever its form
     * @param version the member of the JSON answer that tells the server's version
     */
    public record Detect(List<Integer> ports, String path, Optional<String> json, Optional<String> body,
            Optional<String> version) {
        public Detect {
            ports = List.copyOf(ports);
            requireNonNull(path, "path is null");
            requireNonNull(json, "json is null");
            requireNonNull(body, "body is null");
            requireNonNull(version, "version is null");
        }

        /**
         * Return whether an answer to {@link #path()} is that of this server.
         *
         * @param text the answer's body, its status being 200
         * @param parsed the same as JSON, where it is JSON
         */
        public boolean recognises(String text, Optional<Json> parsed) {
            return (json.isEmpty() || member(parsed, json.get()).isPresent())
                    && (body.isPresent() ? text.contains(body.get()) : parsed.isPresent());
        }

        /** Return the server's version, where the answer tells it. */
        public Optional<String> versionIn(Optional<Json> parsed) {
            return version.flatMap(name -> member(parsed, name))
                    .flatMap(value -> value instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty());
        }

        private static Optional<Json> member(Optional<Json> parsed, String name) {
            return parsed.flatMap(value -> value instanceof Json.Obj object ? object.get(name) : Optional.empty());
        }
    }
}
