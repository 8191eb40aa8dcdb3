package dev.koine.cli.command;

import dev.koine.cli.terminal.Shell;
import dev.koine.cli.terminal.Surroundings;
import dev.koine.core.dialect.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the environment describes for other programs: endpoints in the well-known variables, and keys that presets know.
 * Offered to a person, never used by itself.
 */
public final class EnvironmentOffers {
    private static final List<String> BASES = List.of("OPENAI_BASE_URL", "OPENAI_API_BASE");
    private static final String KEY = "OPENAI_API_KEY";
    private static final String AZURE = "AZURE_OPENAI_ENDPOINT";
    private static final List<String> AZURE_KEYS = List.of("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY");
    private static final List<String> AZURE_VERSIONS = List.of("OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION");
    private static final List<String> AZURE_DEPLOYMENTS = List.of("AZURE_OPENAI_DEPLOYMENT",
            "AZURE_OPENAI_DEPLOYMENT_NAME");

    private final Surroundings surroundings;

    /**
     * One endpoint.
     *
     * @param label what it is, for a person
     * @param words the arguments of {@code providers add}
     */
    public record Offer(String label, List<String> words) {
        public Offer {
            words = List.copyOf(words);
        }

        public String command() {
            return "koine providers add " + words.stream().map(Shell::word).collect(Collectors.joining(" "));
        }
    }

    public EnvironmentOffers(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Return what is there, addresses first. */
    public List<Offer> list(List<Preset> presets) {
        var offers = new ArrayList<Offer>();
        var base = first(BASES);
        base.ifPresent(variable -> offers.add(address(variable, first(List.of(KEY)), List.of())));
        boolean azure = surroundings.variable(AZURE).isPresent();
        if (azure) {
            var more = new ArrayList<String>();
            first(AZURE_VERSIONS).ifPresent(name -> more.addAll(List.of("--api-version", value(name))));
            first(AZURE_DEPLOYMENTS).ifPresent(name -> more.addAll(List.of("--deployment", value(name))));
            offers.add(address(AZURE, first(AZURE_KEYS), more));
        }
        for (var preset : presets) {
            boolean asks = preset.baseUrl().contains("{");
            preset.keyEnv().stream().filter(name -> surroundings.variable(name).isPresent()).findFirst()
                    .filter(name -> !asks && !(name.equals(KEY) && base.isPresent()))
                    .ifPresent(name -> offers.add(new Offer(preset.name() + ", with the key of " + name,
                            List.of(preset.id()))));
        }
        return offers;
    }

    private Offer address(String variable, Optional<String> key, List<String> more) {
        var words = new ArrayList<>(List.of(value(variable)));
        key.ifPresent(name -> words.addAll(List.of("--key-ref", "env:" + name)));
        words.addAll(more);
        String names = Stream.concat(Stream.of(variable), key.stream()).collect(Collectors.joining(" and "));
        return new Offer(value(variable) + " (" + names + ")", words);
    }

    private Optional<String> first(List<String> names) {
        return names.stream().filter(name -> surroundings.variable(name).isPresent()).findFirst();
    }

    private String value(String name) {
        return surroundings.variable(name).orElse("").strip();
    }
}
