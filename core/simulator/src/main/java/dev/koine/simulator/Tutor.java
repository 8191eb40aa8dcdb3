package dev.koine.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers from help texts: the topic that shares the rarest words with the question, and of a long one the best part. */
final class Tutor implements SimulatedModel {
    private static final int WHOLE = 1500;
    private static final int PARAGRAPHS = 3;
    private static final double TITLE_WEIGHT = 6;
    private static final int MOST_REPEATS = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern BLANK_LINE = Pattern.compile("\\R\\s*\\R");
    private static final Set<String> COMMON = Set.of("a", "about", "an", "and", "are", "be", "can", "do", "does", "for",
            "from", "get", "have", "hello", "help", "hi", "how", "i", "in", "is", "it", "koine", "me", "my", "of", "on",
            "or", "please", "tell", "that", "the", "there", "this", "to", "use", "want", "what", "when", "where",
            "which", "who", "why", "will", "with", "you", "your");

    private final List<Indexed> topics;

    private record Indexed(Topic topic, List<String> title, List<String> words) {
        static Indexed of(Topic topic) {
            return new Indexed(topic, stems(topic.title()), stems(topic.text()));
        }

        boolean has(String stem) {
            return title.contains(stem) || words.contains(stem);
        }
    }

    Tutor(List<Topic> topics) {
        this.topics = topics.stream().map(Indexed::of).toList();
    }

    @Override
    public Answer answer(ChatRequest request) {
        List<String> question = stems(request.lastUserText()).stream().distinct().toList();
        List<Indexed> fitting = best(topics, topic -> score(topic.title(), topic.words(), question));
        return Answer.of(fitting.isEmpty() ? nothingFits() : text(fitting, question));
    }

    private String nothingFits() {
        if (topics.isEmpty()) {
            return "I am a simulated tutor and answer from help texts only, but I was given none.";
        }
        return "I am a simulated tutor and answer from Koine's help texts only; none of them fits that question.\n\n"
                + "Ask me about: " + titles(topics.stream()) + ".";
    }

    private String text(List<Indexed> fitting, List<String> question) {
        Topic topic = fitting.getFirst().topic();
        String text = "**" + topic.title() + "**\n\n" + excerpt(topic.text().strip(), question);
        return fitting.size() == 1 ? text
                : text + "\n\nRelated: " + titles(fitting.stream().skip(1).limit(PARAGRAPHS)) + ".";
    }

    private static String titles(Stream<Indexed> topics) {
        return topics.map(indexed -> indexed.topic().title()).collect(Collectors.joining(", "));
    }

    private String excerpt(String text, List<String> question) {
        if (text.length() <= WHOLE) {
            return text;
        }
        List<String> paragraphs = BLANK_LINE.splitAsStream(text).toList();
        Set<String> chosen = best(paragraphs, paragraph -> score(List.of(), stems(paragraph), question)).stream()
                .limit(PARAGRAPHS).collect(Collectors.toSet());
        return IntStream.range(0, paragraphs.size()).filter(i -> i == 0 || chosen.contains(paragraphs.get(i)))
                .mapToObj(paragraphs::get).collect(Collectors.joining("\n\n"));
    }

    /** Keep what scores above nothing, best first; the earlier of two equals stays first. */
    private static <T> List<T> best(List<T> all, ToDoubleFunction<T> score) {
        record Scored<T>(T value, double score) {}
        return all.stream().map(value -> new Scored<>(value, score.applyAsDouble(value)))
                .filter(scored -> scored.score() > 0)
                .sorted(Comparator.comparingDouble((Scored<T> scored) -> scored.score()).reversed())
                .map(Scored::value).toList();
    }

    private double score(List<String> title, List<String> words, List<String> question) {
        return question.stream().mapToDouble(stem -> {
            long repeats = words.stream().filter(stem::equals).limit(MOST_REPEATS).count();
            return (repeats + (title.contains(stem) ? TITLE_WEIGHT : 0)) * rarity(stem);
        }).sum();
    }

    private double rarity(String stem) {
        long having = topics.stream().filter(topic -> topic.has(stem)).count();
        return Math.log(1 + (double) topics.size() / Math.max(1, having));
    }

    private static List<String> stems(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(match -> match.group())
                .filter(word -> !COMMON.contains(word)).map(Tutor::stem).toList();
    }

    /** Make one word of {@code key}, {@code keys}; of {@code stream}, {@code streams}, {@code streaming}, {@code streamed}. */
    private static String stem(String word) {
        return Stream.of("ing", "ed", "s")
                .filter(ending -> word.endsWith(ending) && word.length() - ending.length() >= 3).findFirst()
                .map(ending -> word.substring(0, word.length() - ending.length())).orElse(word);
    }
}
