package dev.koine.testkit;

import java.util.List;

/**
 * What a dialect can do. A dialect that cannot is held to the way in which that is said. Further constants may be added
 * in a minor version.
 */
public enum Behavior {
    /** It speaks HTTP; else it is a {@link dev.koine.spi.DirectProvider}. */
    HTTP,
    /** It can be dropped in as a plugin; else its module is one of Koine's own, which is refused as a plugin. */
    PLUGIN,
    /** There is something to ask: a simulator, a scripted endpoint, or the direct provider itself; else there is none. */
    ROUND_TRIP,
    /** Its requests name the configured key; else they name none. */
    KEY,
    /** It asks for streamed answers; else a streamed request is encoded like one for a whole answer. */
    STREAMING,
    /** It offers tools to the model; else a request that does is refused as unsupported. */
    TOOLS,
    /** It asks for answers by a JSON schema; else a request that does is refused as unsupported. */
    JSON_SCHEMA,
    /** It sends images; else a request with one is refused as unsupported. */
    VISION,
    /** It has embeddings; else it offers none. */
    EMBEDDINGS,
    /** It lists the endpoint's models; else it offers no list. */
    LIST_MODELS;

    /** Return what a dialect must do to do this; a dialect that lacks one of these is taken to lack this. */
    public List<Behavior> needs() {
        return switch (this) {
            case KEY, STREAMING, EMBEDDINGS -> List.of(HTTP);
            case HTTP, PLUGIN, ROUND_TRIP, TOOLS, JSON_SCHEMA, VISION, LIST_MODELS -> List.of();
        };
    }
}
