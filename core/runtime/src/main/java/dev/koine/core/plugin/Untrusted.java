package dev.koine.core.plugin;

import dev.koine.core.config.PluginSettings.Policy;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plugins that run although nobody trusts them, where the policy is {@link Policy#WARN}: those that stood the same
 * trial, and that take no dialect from one that is trusted. What the trial found is recorded apart from what is trusted,
 * so that another policy makes nothing of it.
 *
 * @param trust tries a plugin, and records it elsewhere than trust does
 */
record Untrusted(Policy policy, Trust trust, PluginFaults faults) {

    /** Return the plugins among {@code files} that are to run untrusted, after the trial of those that had none. */
    Map<PluginFile, TrustedPlugin> among(List<PluginFile> files, PluginsLock lock) {
        var found = new LinkedHashMap<PluginFile, TrustedPlugin>();
        if (policy != Policy.WARN || !lock.problems().isEmpty()) {
            return found;
        }
        for (var file : files) {
            sha256(file).filter(digest -> waits(file, digest, lock)).flatMap(digest -> tried(file, digest))
                    .filter(plugin -> lock.plugins().stream()
                            .noneMatch(
                                    trusted -> trusted.dialectIds().stream().anyMatch(plugin.dialectIds()::contains)))
                    .ifPresent(plugin -> found.put(file, plugin));
        }
        return found;
    }

    /** Say, each time that a plugin is used, that nobody trusts it. */
    static String notice(PluginFile file) {
        return "nobody trusts plugin " + file.name() + "; it runs because plugins.policy is warn (koine plugins trust "
                + file.name() + ")";
    }

    /** A jar that is trusted needs no leave; one that changed since gets none. */
    private static boolean waits(PluginFile file, String sha256, PluginsLock lock) {
        return lock.byDigest(sha256).isEmpty() && lock.byFile(file.path()).isEmpty();
    }

    private Optional<TrustedPlugin> tried(PluginFile file, String sha256) {
        var known = PluginsLock.read(trust.record()).byDigest(sha256);
        if (known.isPresent() || !faults.of(file, sha256).isEmpty()) {
            return known;
        }
        var info = trust.grant(file, Set.of());
        return info.state() == PluginInfo.State.RESOLVED ? PluginsLock.read(trust.record()).byDigest(sha256)
                : Optional.empty();
    }

    private static Optional<String> sha256(PluginFile file) {
        try {
            return Optional.of(file.sha256());
        } catch (IOException e) {
            // The list tells of it.
            return Optional.empty();
        }
    }
}
