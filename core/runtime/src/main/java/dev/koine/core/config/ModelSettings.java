package dev.koine.core.config;

import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import dev.koine.api.Lifecycle;
import dev.koine.api.ModelListing;
import dev.koine.api.Price;
import dev.koine.api.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user says about a model.
 *
 * @param id the model's id, exactly as written
 * @param table its table as written, checked; keys in kebab case
 */
public record ModelSettings(String id, Json.Obj table) {
    public ModelSettings {
        requireNonNull(id, "id is null");
        requireNonNull(table, "table is null");
    }

    /** Return the display name. */
    public Optional<String> name() {
        return table.text("name");
    }

    /** Return the most tokens of request and answer together. */
    public OptionalLong contextWindow() {
        return Tables.integer(table, "context-window");
    }

    /** Return the most tokens of an answer. */
    public OptionalLong maxOutput() {
        return Tables.integer(table, "max-output");
    }

    /** Return what the model can do, as kebab-case words; a word that begins with {@code no-} states a lack. */
    public List<String> capabilities() {
        return Tables.texts(table, "capabilities");
    }

    /** Return the kinds of input that it takes, all of them; empty where nothing is said of it. */
    public List<String> input() {
        return Tables.texts(table, "input");
    }

    /** Return how the user means to use the model. */
    public List<Tag> tags() {
        return Tables.texts(table, "tags").stream().flatMap(word -> Tag.of(word).stream()).toList();
    }

    /** Return the deployment that serves it. */
    public Optional<String> deployment() {
        return table.text("deployment");
    }

    /** Return further ids under which the user asks for it. */
    public List<String> aliases() {
        return Tables.texts(table, "aliases");
    }

    /** Return request parameters for this model, in kebab case. */
    public Json.Obj params() {
        return Tables.table(table, "params");
    }

    /** Return fields that are merged into the body of every request for this model. */
    public Json.Obj body() {
        return Tables.table(table, "body");
    }

    /** Return request fields that are left out. */
    public List<String> drop() {
        return Tables.texts(table, "drop");
    }

    /** Return request fields that are sent under another name. */
    public Map<String, String> rename() {
        return Tables.textsByName(table, "rename");
    }

    /** Return the peculiarities of the model, for the dialect. */
    public Json.Obj quirks() {
        return Tables.table(table, "quirks");
    }

    /** Return what the model costs. */
    public Optional<Price> price() {
        return table.object("price").map(price -> new Price(amount(price, "input"), amount(price, "output"),
                amount(price, "cached-input"), price.text("currency").orElse("USD")));
    }

    /** Return the dated notice about the model's life. */
    public Optional<Lifecycle> lifecycle() {
        return table.object("lifecycle").map(life -> new Lifecycle(life.text("status").orElse("active"),
                life.text("on").flatMap(ModelSettings::date), life.text("replacement"), life.text("source")));
    }

    /** Return whether the model may be used. */
    public boolean enabled() {
        return Tables.truth(table, "enabled").orElse(true);
    }

    /** Return the user's own notes. */
    public Optional<String> notes() {
        return table.text("notes");
    }

    /** Return the facts among the settings in the form in which an endpoint states them. */
    public ModelListing asListing() {
        return new ModelListing(id, name(), contextWindow(), maxOutput(), capabilities(), input(), price(), lifecycle(),
                Json.EMPTY);
    }

    private static Optional<BigDecimal> amount(Json.Obj price, String key) {
        return Tables.number(price, key).map(number -> new BigDecimal(number.literal()));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
