package dev.koine.cli.ask;

import dev.koine.api.ChatResponse;
import dev.koine.api.Fact;
import dev.koine.api.Price;
import dev.koine.api.Usage;
import dev.koine.cli.terminal.Style;
import dev.koine.core.ChatStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Says in one line what an answer took. */
public final class Statistics {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private Statistics() {}

    static String of(ChatStream stream, Style style) {
        ChatResponse answer = stream.response();
        var facts = new ArrayList<String>();
        facts.add(stream.selection().model().ref());
        facts.add(answer.usage().map(Statistics::tokens).orElse("tokens unknown"));
        String total = "total " + seconds(stream.elapsed());
        facts.add(stream.firstToken().map(first -> "first token " + seconds(first) + ", " + total).orElse(total));
        facts.add(stream.selection().model().price().map(Fact::value)
                .flatMap(price -> answer.usage().flatMap(usage -> price(price, usage))).orElse("price unknown"));
        return String.join(style.dot(), facts);
    }

    public static String tokens(Usage usage) {
        return count(usage.input()) + " in, " + count(usage.output()) + " out";
    }

    private static String count(OptionalLong tokens) {
        return tokens.isPresent() ? Long.toString(tokens.getAsLong()) : "?";
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    private static Optional<String> price(Price price, Usage usage) {
        if (price.input().isEmpty() || price.output().isEmpty() || usage.input().isEmpty()
                || usage.output().isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = price.input().get().multiply(BigDecimal.valueOf(usage.input().getAsLong()))
                .add(price.output().get().multiply(BigDecimal.valueOf(usage.output().getAsLong())))
                .divide(MILLION, 6, RoundingMode.HALF_UP);
        return Optional.of("price " + sum.stripTrailingZeros().toPlainString() + " " + price.currency());
    }
}
