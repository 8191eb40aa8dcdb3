package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Where plugins are looked for, and which may run.
 *
 * @param path folders that are searched beside the usual ones, absolute
 * @param policy which plugins may run
 */
public record PluginSettings(List<Path> path, Policy policy) {
    public PluginSettings {
        path = List.copyOf(path);
        requireNonNull(policy, "policy is null");
    }

    /** Which plugins may run. */
    public enum Policy {
        /** Those that the user trusts. */
        REQUIRE,
        /** Also those that nobody trusts, each time with a notice; one that changed since it was trusted does not. */
        WARN,
        /** None. */
        OFF
    }
}
