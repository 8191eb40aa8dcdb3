package dev.koine.openai.wire;

import dev.koine.api.Json;
import dev.koine.api.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads what a model costs; services count per token or per million tokens, as numbers or texts. */
final class ModelPrices {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** Where prices stand: per token, and per million. */
    private static final List<Form> FORMS = List.of(
            new Form("pricing.prompt", "pricing.completion", "pricing.input_cache_read", true),
            new Form("model_spec.pricing.input.usd", "model_spec.pricing.output.usd",
                    "model_spec.pricing.cache_input.usd", false),
            new Form("pricing.input", "pricing.output", "pricing.cache_read", false),
            new Form("model_info.input_cost_per_token", "model_info.output_cost_per_token",
                    "model_info.cache_read_input_token_cost", true));

    private ModelPrices() {}

    static Optional<Price> read(Json.Obj entry) {
        for (var form : FORMS) {
            var input = amount(entry, form.input(), form.perToken());
            var output = amount(entry, form.output(), form.perToken());
            if (input.isPresent() || output.isPresent()) {
                return Optional.of(new Price(input, output, amount(entry, form.cached(), form.perToken()), "USD"));
            }
        }
        return Optional.empty();
    }

    /** A negative price means that it depends. */
    private static Optional<BigDecimal> amount(Json.Obj entry, String path, boolean perToken) {
        return ModelFacts.at(entry, path).flatMap(JsonTree::asText).flatMap(ModelPrices::number)
                .filter(number -> number.signum() >= 0)
                .map(number -> perToken ? number.multiply(MILLION) : number)
                .map(number -> number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
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
