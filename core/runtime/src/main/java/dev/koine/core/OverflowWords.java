package dev.koine.core;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailure;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What services say when a prompt is too long: {@code This model's maximum context length is 8192 tokens. However, your
 * messages resulted in 9000 tokens}, {@code prompt is too long: 208310 tokens > 200000 maximum} and the like.
 *
 * @param window the most tokens that the model takes
 * @param prompt the tokens that the service counted
 */
record OverflowWords(OptionalLong window, OptionalLong prompt) {
    private static final String NUMBER = "(\\d{1,3}(?:,\\d{3})+|\\d+)";
    private static final Pattern WINDOW = Pattern.compile(
            "(?i)(?:context (?:length|window|size)|configured limit)[^.\\d]{0,40}" + NUMBER + "|> ?" + NUMBER
                    + " maximum");
    private static final Pattern PROMPT = Pattern.compile(
            "(?i)(?:resulted in|requested(?: about)?) " + NUMBER + " tokens|" + NUMBER + " tokens >");
    /** What is smaller is a number of something else. */
    private static final long LEAST = 256;

    static OverflowWords of(ProviderFailure failure) {
        if (failure.kind() != FailureKind.CONTEXT_OVERFLOW) {
            return new OverflowWords(OptionalLong.empty(), OptionalLong.empty());
        }
        String said = failure.upstreamMessage().or(failure::providerMessage).or(failure::raw).orElse("");
        var window = number(WINDOW, said);
        var prompt = number(PROMPT, said);
        // Figures that contradict what the service complains of are not understood.
        boolean sound = window.isEmpty() || prompt.isEmpty() || prompt.getAsLong() > window.getAsLong();
        return sound ? new OverflowWords(window, prompt)
                : new OverflowWords(OptionalLong.empty(), OptionalLong.empty());
    }

    private static OptionalLong number(Pattern pattern, String said) {
        var found = pattern.matcher(said);
        if (!found.find()) {
            return OptionalLong.empty();
        }
        String digits = (found.group(1) == null ? found.group(2) : found.group(1)).replace(",", "");
        long number = digits.length() > 12 ? 0 : Long.parseLong(digits);
        return number < LEAST ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
