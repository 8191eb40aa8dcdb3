package com.example.eliza;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A handful of Eliza's rules: what is said is matched, turned around and asked back.
 *
 * @see <a href="https://doi.org/10.1145/365153.365168">J. Weizenbaum, ELIZA, CACM 9 (1), 1966</a>
 */
final class Doctor {
    private record Rule(Pattern said, String answer) {
        static Rule of(String said, String answer) {
            return new Rule(Pattern.compile("(?is).*?\\b" + said), answer);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("(?:hello|hi|good morning)\\b.*", "How do you do. Please state your problem."),
            Rule.of("i need (.+)", "What would it mean to you if you got %s?"),
            Rule.of("i(?: a|')m (.+)", "How long have you been %s?"),
            Rule.of("i feel (.+)", "Do you often feel %s?"),
            Rule.of("because (.+)", "Is that the real reason?"),
            Rule.of("my (mother|father|sister|brother)\\b.*", "Tell me more about your %s."),
            Rule.of("(?:computer|machine|program)s?\\b.*", "Do computers worry you?"));

    private static final Map<String, String> TURNED = Map.of("i", "you", "me", "you", "my", "your", "am", "are", "you",
            "I", "your", "my", "mine", "yours", "myself", "yourself");

    private Doctor() {}

    static String answer(String said) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.said().matcher(said.strip());
            if (matcher.matches()) {
                return rule.answer().formatted(matcher.groupCount() == 0 ? "" : turned(matcher.group(1)));
            }
        }
        return said.isBlank() ? "You say nothing." : "Please go on.";
    }

    private static String turned(String words) {
        return Stream.of(words.replaceFirst("[\\s.!?]+$", "").split("\\s+"))
                .map(word -> TURNED.getOrDefault(word.toLowerCase(Locale.ROOT), word))
                .collect(Collectors.joining(" "));
    }
}
