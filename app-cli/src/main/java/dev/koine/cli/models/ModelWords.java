package dev.koine.cli.models;

import dev.koine.api.Json;
import dev.koine.api.Tag;
import dev.koine.cli.problem.CliException;
import dev.koine.cli.problem.Problem;
import dev.koine.cli.terminal.Near;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists of models, tags and capabilities, as a person writes them. */
public final class ModelWords {
    private ModelWords() {}

    /** Return the ids in texts such as {@code gpt-4, gpt-3.5-turbo}, each once. */
    public static List<String> ids(Collection<String> written) {
        var ids = new LinkedHashSet<String>();
        written.forEach(text -> Arrays.stream(text.split("[,\\n]")).map(String::strip).filter(id -> !id.isEmpty())
                .forEach(ids::add));
        return List.copyOf(ids);
    }

    /** Return the tags in texts such as {@code Sandbox / Main}. */
    public static List<String> tags(Collection<String> written) {
        var tags = new LinkedHashSet<String>();
        var unknown = new ArrayList<String>();
        for (String word : words(written, "[,/\\s]+")) {
            Tag.of(word).ifPresentOrElse(tag -> tags.add(tag.id()), () -> unknown.add(word));
        }
        if (!unknown.isEmpty()) {
            throw noTag(unknown.getFirst(), tags);
        }
        return List.copyOf(tags);
    }

    private static CliException noTag(String word, Collection<String> others) {
        Optional<String> near = Near.to(word.toLowerCase(Locale.ROOT),
                Arrays.stream(Tag.values()).map(Tag::id).toList());
        Optional<String> fix = near.or(() -> Optional.of(String.join(",", others)).filter(tags -> !tags.isEmpty()))
                .map(tag -> "--tag " + tag);
        return Problem.usage("there is no tag " + word).why("the tags are sandbox, free, main, heavy and unknown")
                .fix(fix.orElse("koine help tags")).field("tags").toException();
    }

    /** Return the capabilities in texts such as {@code Tools, function calling}, as kebab-case words. */
    static List<String> capabilities(Collection<String> written) {
        var words = new LinkedHashSet<String>();
        for (String word : words(written, ",")) {
            String kebab = word.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
            if (!kebab.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                throw Problem.usage("'" + word + "' is no capability")
                        .why("a capability is a word such as tools, vision, json,"
                                + " reasoning or no-tools")
                        .fix("--cap tools").field("capabilities").toException();
            }
            words.add(kebab);
        }
        return List.copyOf(words);
    }

    private static List<String> words(Collection<String> written, String separator) {
        return written.stream().flatMap(text -> Arrays.stream(text.split(separator))).map(String::strip)
                .filter(word -> !word.isEmpty()).toList();
    }

    /** Return a number of tokens as it is typed: {@code 131072}, {@code 131_072}, {@code 131,072}. */
    static long tokens(String written, String option) {
        String digits = written.strip().replaceAll("(?<=\\d)[_,](?=\\d)", "");
        if (!digits.matches("\\d{1,12}") || Long.parseLong(digits) < 1) {
            throw Problem.usage(option + " takes a whole number of tokens, not " + written)
                    .why("it is the most that the model takes, counted in tokens").fix(option + " 131072")
                    .toException();
        }
        return Long.parseLong(digits);
    }

    /** Return a model's table that says only this about tags. */
    public static Json.Obj tagged(List<String> tags) {
        return tags.isEmpty() ? Json.EMPTY : Json.object().put("tags", Json.strings(tags)).build();
    }
}
