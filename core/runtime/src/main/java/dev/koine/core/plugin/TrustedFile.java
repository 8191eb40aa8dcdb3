package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectOrigin;
import java.util.List;

/**
 * A plugin that may run, and where it lies.
 *
 * @param notices what is said each time that it is used
 */
record TrustedFile(PluginFile file, TrustedPlugin plugin, List<String> notices) {
    TrustedFile {
        notices = List.copyOf(notices);
    }

    DialectOrigin.Plugin origin() {
        return new DialectOrigin.Plugin(file.name(), file.path());
    }

    String sha256() {
        return plugin.sha256();
    }
}
