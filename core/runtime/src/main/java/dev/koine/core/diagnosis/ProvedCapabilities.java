package dev.koine.core.diagnosis;

import java.util.List;

/**
 * What answers of a model proved.
 *
 * @param capabilities what it can do, as kebab-case words, and with {@code no-} what it cannot
 * @param open what could not be told, and why, one line each
 */
public record ProvedCapabilities(List<String> capabilities, List<String> open) {
    public ProvedCapabilities {
        capabilities = List.copyOf(capabilities);
        open = List.copyOf(open);
    }
}
