package dev.koine.cli.models;

import dev.koine.api.Fact;
import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.Price;
import dev.koine.api.Tag;
import dev.koine.core.registry.ModelEntry;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known about models, as text and as JSON. Each fact says who stated it; what nobody stated is null. */
public final class ModelFactsText {
    private ModelFactsText() {}

    /** Return a number of tokens shortly: {@code 131 k}, {@code 1 M}. */
    static String tokens(long tokens) {
        if (tokens < 1000) {
            return Long.toString(tokens);
        }
        long thousands = Math.round(tokens / 1000.0);
        if (thousands < 1000) {
            return thousands + " k";
        }
        return new BigDecimal(tokens).movePointLeft(6).setScale(1, java.math.RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString() + " M";
    }

    static String tags(ModelEntry model) {
        return model.tags().stream().map(Tag::id).collect(Collectors.joining(" "));
    }

    static String context(ModelEntry model) {
        return model.contextWindow().map(fact -> tokens(fact.value())).orElse("?");
    }

    static String capabilities(ModelEntry model) {
        return model.capabilities().stream().map(Fact::value).collect(Collectors.joining(" "));
    }

    /** Return a dated notice: {@code retired 2026-08-16 → other-model}, {@code retires 2098-12-31}. */
    public static String lifecycle(Lifecycle life) {
        if (life.status().equals("active")) {
            return "";
        }
        boolean ahead = life.isAhead(today());
        String word = ahead && life.status().equals("retired") ? "retires" : ahead ? "to be " + life.status()
                : life.status();
        return word + life.on().map(day -> " " + day).orElse("") + life.replacement().map(id -> " → " + id).orElse("");
    }

    public static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** Return who stated what is shown of a model in a list, the one who listed it first. */
    static String sources(ModelEntry model, String listedBy) {
        return Stream.of(Stream.of(listedBy), model.contextWindow().stream().map(fact -> fact.source().id()),
                model.capabilities().stream().map(fact -> fact.source().id())).flatMap(all -> all).distinct()
                .collect(Collectors.joining(" "));
    }

    public static Json.Obj json(Lifecycle life) {
        return Json.object().put("status", life.status())
                .put("on", life.on().<Json>map(day -> Json.of(day.toString())).orElse(Json.NULL))
                .put("replacement", text(life.replacement())).put("source", text(life.source()))
                .put("in_effect", !life.isAhead(today())).build();
    }

    /** Return a model of the registry for a program. */
    public static Json.Obj json(ModelEntry model, String source, boolean isDefault) {
        var settings = model.settings();
        return Json.object().put("id", model.id()).put("provider", model.provider()).put("ref", model.ref())
                .put("source", source).put("registered", model.registered()).put("enabled", model.enabled())
                .put("default", isDefault).put("name", fact(model.name(), Json::of))
                .put("context_window", fact(model.contextWindow(), Json::of))
                .put("max_output", fact(model.maxOutput(), Json::of))
                .put("capabilities", Json.array(model.capabilities().stream()
                        .map(fact -> fact(Optional.of(fact), Json::of)).toList()))
                .put("input", fact(model.input(), Json::strings))
                .put("tags", Json.strings(model.tags().stream().map(Tag::id).toList()))
                .put("price", fact(model.price(), ModelFactsText::json))
                .put("lifecycle", fact(model.lifecycle(), ModelFactsText::json))
                .put("deployment", text(settings.deployment())).put("aliases", Json.strings(settings.aliases()))
                .put("notes", text(settings.notes())).build();
    }

    private static Json.Obj json(Price price) {
        return Json.object().put("input", amount(price.input())).put("output", amount(price.output()))
                .put("cached_input", amount(price.cachedInput())).put("currency", price.currency())
                .put("per", 1_000_000)
                .build();
    }

    private static Json amount(Optional<BigDecimal> amount) {
        return amount.<Json>map(value -> new Json.Num(value.toPlainString())).orElse(Json.NULL);
    }

    private static <T> Json fact(Optional<Fact<T>> fact, Function<T, Json> value) {
        return fact.<Json>map(stated -> {
            var said = Json.object().put("value", value.apply(stated.value())).put("source", stated.source().id());
            stated.from().ifPresent(place -> said.put("from", place));
            stated.asOf().ifPresent(day -> said.put("as_of", day.toString()));
            return said.build();
        }).orElse(Json.NULL);
    }

    private static Json text(Optional<String> text) {
        return text.<Json>map(Json::of).orElse(Json.NULL);
    }
}
