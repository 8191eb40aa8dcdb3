package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads what a model costs; services count per token or per million tokens, as numbers or texts. */
final class ModelPrices {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal CHEAPEST_MILLION = new BigDecimal("0.0005");

    /** Where prices stand: per token, and per million. */
    private static final List<Form> FORMS = List.of(
            new Form("pricing.prompt", "pricing.completion", "pricing.input_cache_read", true),
            new Form("model_spec.pricing.input.usd", "model_spec.pricing.output.usd",
                    "model_spec.pricing.cache_input.usd", false),
            new Form("pricing.input", "pricing.output", "pricing.cache_read", false),
            new Form("metadata.pricing.input_tokens", "metadata.pricing.output_tokens",
                    "metadata.pricing.cache_read_tokens", false),
            new Form("model_info.input_cost_per_token", "model_info.output_cost_per_token",
                    "model_info.cache_read_input_token_cost", true));

    private ModelPrices() {}

    static Optional<Price> read(Json.Obj entry) {
        for (var form : FORMS) {
            var input = amount(entry, form.input());
            var output = amount(entry, form.output());
            if (input.isPresent() || output.isPresent()) {
                boolean perToken = form.perToken() || isOfOneToken(input) || isOfOneToken(output);
                return Optional.of(new Price(perMillion(input, perToken), perMillion(output, perToken),
                        perMillion(amount(entry, form.cached()), perToken), "USD"));
            }
        }
        return Optional.empty();
    }

    /** Services have both kinds under the same names; no million of tokens is as cheap as this, and no token as dear. */
    private static boolean isOfOneToken(Optional<BigDecimal> price) {
        return price.filter(amount -> amount.signum() > 0 && amount.compareTo(CHEAPEST_MILLION) < 0).isPresent();
    }

    private static Optional<BigDecimal> perMillion(Optional<BigDecimal> price, boolean perToken) {
        return price.map(amount -> perToken ? amount.multiply(MILLION) : amount)
                .map(amount -> amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros());
    }

    /** A negative price means that it depends. */
    private static Optional<BigDecimal> amount(Json.Obj entry, String path) {
        return ModelFacts.at(entry, path).flatMap(JsonTree::asText).flatMap(ModelPrices::number)
                .filter(number -> number.signum() >= 0);
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.length() > 40) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text.strip());
            return Math.abs(number.scale()) < 100 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private record Form(String input, String output, String cached, boolean perToken) {}
}
