package dev.koine.core.detection;

import static java.util.Objects.requireNonNull;

import dev.koine.spi.AuthStyle;
import dev.koine.spi.BaseUrl;
import java.util.List;
import java.util.Optional;

/**
 * Where on one origin the endpoint of a dialect may be, and how its key may travel.
 *
 * @param dialect the dialect's id
 * @param bases bases to try in this order: {@code {base}} is the one that was given, {@code {parent}} the same without the
 *     version at its end, {@code {origin}} scheme and host; a path may follow
 * @param auth ways in which a key may travel, most usual first, as the setting {@code auth} has them
 * @param anywhere whether it may also be where the dialect itself does not recognise the base
 */
record Whereabouts(String dialect, List<String> bases, List<AuthStyle> auth, boolean anywhere) {
    Whereabouts {
        requireNonNull(dialect, "dialect is null");
        bases = List.copyOf(bases);
        auth = List.copyOf(auth);
    }

    /** Return the base that one of {@link #bases()} means; empty where the given one has no parent. */
    static Optional<BaseUrl> filled(String template, BaseUrl given) {
        int end = template.indexOf('}') + 1;
        String more = template.substring(end);
        Optional<BaseUrl> start = switch (template.substring(0, end)) {
            case "{base}" -> Optional.of(given);
            case "{origin}" -> Optional.of(plain(given, List.of()));
            case "{parent}" -> given.endsInVersionSegment()
                    ? Optional.of(plain(given, given.segments().subList(0, given.segments().size() - 1)))
                    : Optional.empty();
            default -> Optional.empty();
        };
        return start.map(base -> more.isEmpty() ? base : base.append(more));
    }

    private static BaseUrl plain(BaseUrl given, List<String> segments) {
        return new BaseUrl(given.origin(), segments, given.query(), false);
    }
}
