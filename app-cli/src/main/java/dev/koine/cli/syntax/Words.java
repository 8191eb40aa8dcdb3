package dev.koine.cli.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command line taken apart as POSIX and GNU have it: {@code -o V}, {@code -oV}, {@code -o=V}, {@code -qv},
 * {@code --option V}, {@code --option=V}; options and words in any order; behind {@code --} everything is a word.
 */
final class Words {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final Map<String, Option> known = new HashMap<>();
    private final Map<Option, List<String>> given = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    private Words(Collection<Option> options) {
        for (var option : options) {
            option.names().forEach(name -> known.put(name, option));
        }
    }

    /**
     * Take a line apart.
     *
     * @throws Unknown if a word begins like an option and is none
     * @throws Unfit if an option lacks its value, or has one that it does not take
     */
    static Words of(Collection<Option> options, List<String> line) {
        var words = new Words(options);
        var rest = new ArrayDeque<>(line);
        while (!rest.isEmpty()) {
            words.next(rest);
        }
        return words;
    }

    private void next(Deque<String> rest) {
        String word = rest.remove();
        if (word.equals("--")) {
            words.addAll(rest);
            rest.clear();
        } else if (!word.startsWith("-") || word.equals("-")) {
            words.add(word);
        } else if (!named(word, rest)) {
            letters(word, rest);
        }
    }

    /** Read {@code --option}, {@code --option=V}, {@code -o} or {@code -o=V}; return whether it is one of these. */
    private boolean named(String word, Deque<String> rest) {
        int equals = word.indexOf('=');
        var option = known.get(equals < 0 ? word : word.substring(0, equals));
        if (option == null) {
            return false;
        }
        if (equals < 0) {
            give(option, rest);
        } else if (option.hasValue()) {
            give(option, word.substring(equals + 1));
        } else {
            throw new Unfit(option, false);
        }
        return true;
    }

    /** Read single letters in one word, the last of which may have a value. */
    private void letters(String word, Deque<String> rest) {
        if (word.startsWith("--")) {
            throw new Unknown(word);
        }
        for (int i = 1; i < word.length(); i++) {
            var option = known.get("-" + word.charAt(i));
            if (option == null) {
                throw new Unknown(word);
            }
            String behind = word.substring(i + 1);
            if (option.hasValue() && !behind.isEmpty()) {
                give(option, behind.startsWith("=") ? behind.substring(1) : behind);
                return;
            }
            give(option, rest);
        }
    }

    private void give(Option option, Deque<String> rest) {
        if (!option.hasValue()) {
            give(option, "");
        } else if (option.otherwise().isPresent() && (rest.isEmpty() || !NUMBER.matcher(rest.element()).matches())) {
            give(option, option.otherwise().get());
        } else if (rest.isEmpty() || rest.element().equals("--") || known.containsKey(rest.element())) {
            throw new Unfit(option, true);
        } else {
            give(option, rest.remove());
        }
    }

    private void give(Option option, String value) {
        given.computeIfAbsent(option, key -> new ArrayList<>()).add(value);
    }

    /** Return the option of this name. */
    Optional<Option> option(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Return the values that an option was given, in order; an empty text for each time that it takes none. */
    List<String> values(String name) {
        return option(name).map(option -> given.getOrDefault(option, List.of())).orElse(List.of());
    }

    /** Return what belongs to no option. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** Something that looks like an option and is none. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String word;

        Unknown(String word) {
            super(word);
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** An option that lacks its value, or has one that it does not take. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Option option;
        private final boolean lacking;

        Unfit(Option option, boolean lacking) {
            super(option.longName());
            this.option = option;
            this.lacking = lacking;
        }

        Option option() {
            return option;
        }

        /** Return whether a value is lacking; else there is one too many. */
        boolean isLacking() {
            return lacking;
        }
    }
}
