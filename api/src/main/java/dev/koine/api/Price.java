package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a model costs, per million tokens.
 *
 * @param input price of a million tokens of request
 * @param output price of a million tokens of answer
 * @param cachedInput price of a million tokens of request that come from a cache
 * @param currency the currency's code (ISO 4217), such as {@code USD}
 */
public record Price(Optional<BigDecimal> input, Optional<BigDecimal> output, Optional<BigDecimal> cachedInput,
        String currency) {
    public Price {
        requireNonNull(input, "input is null");
        requireNonNull(output, "output is null");
        requireNonNull(cachedInput, "cachedInput is null");
        requireNonNull(currency, "currency is null");
    }
}
