package dev.koine.core.registry;

import static java.util.Objects.requireNonNull;

import dev.koine.core.Notice;
import java.util.List;

/**
 * The provider and model that a reference leads to.
 *
 * @param provider the provider
 * @param model the model
 * @param notices what the user should know about the choice: a near spelling, a lifecycle date, a heavy tag
 */
public record Selection(ProviderEntry provider, ModelEntry model, List<Notice> notices) {
    public Selection {
        requireNonNull(provider, "provider is null");
        requireNonNull(model, "model is null");
        notices = List.copyOf(notices);
    }
}
