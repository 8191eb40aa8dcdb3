package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a kind of answer proves.
 *
 * @param id its id
 * @param verdict what it says about the request
 * @param service who answers so: a preset's id, or a name
 * @param dialect the dialect that who answers so speaks
 * @param authStyle how the key must travel, as the setting {@code auth} has it
 * @param field the setting that is at fault where something is
 * @param says what it proves, in a few words for a person
 * @param source where this is known from
 * @param asOf the day on which it was looked up, as {@code YYYY-MM-DD}
 * @param owner whose data it is: a module or a plugin
 */
public record Signature(String id, Optional<Verdict> verdict, Optional<String> service, Optional<String> dialect,
        Optional<String> authStyle, Optional<String> field, String says, String source, String asOf, String owner) {
    public Signature {
        requireNonNull(id, "id is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(service, "service is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(authStyle, "authStyle is null");
        requireNonNull(field, "field is null");
        requireNonNull(says, "says is null");
        requireNonNull(source, "source is null");
        requireNonNull(asOf, "asOf is null");
        requireNonNull(owner, "owner is null");
    }
}
