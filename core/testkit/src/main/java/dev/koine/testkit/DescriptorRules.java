package dev.koine.testkit;

import static dev.koine.testkit.Verdict.given;
import static dev.koine.testkit.Verdict.require;

import dev.koine.core.dialect.ReservedIds;
import dev.koine.spi.ConfigKey;
import dev.koine.spi.DialectDescriptor;
import dev.koine.spi.ProviderSpi;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What a dialect says of itself. */
final class DescriptorRules {
    private static final String KEBAB = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private final Subject subject;

    DescriptorRules(Subject subject) {
        this.subject = subject;
    }

    void theTestClassIsCalledContractTest() {
        String name = subject.contract().getClass().getSimpleName();
        require(name.endsWith("ContractTest"),
                "the class is called " + name + "; call it " + name.replaceAll("Test$", "")
                        + "ContractTest, so that build tools run it");
    }

    void behaviorsAndEndpointsFitTogether() {
        boolean simulated = given("simulated()", subject.contract()::simulated).isPresent();
        boolean scripted = given("endpoint()", subject.contract()::endpoint).isPresent();
        boolean asks = subject.does(Behavior.ROUND_TRIP) && subject.does(Behavior.HTTP);
        require(!simulated || !scripted, "there are both simulated() and endpoint(); one is enough");
        require(!asks || simulated || scripted,
                "there is nobody to ask: override simulated() or endpoint(), or say so in supports(ROUND_TRIP)");
        require(asks || !simulated && !scripted, "there is somebody to ask although supports says that there is not");
    }

    void theProviderHasAPublicConstructorWithoutParameters() {
        var type = subject.spi().getClass();
        require(Modifier.isPublic(type.getModifiers()), type.getName() + " is not public, so that nobody can load it");
        boolean simple = Stream.of(type.getConstructors())
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
        require(simple, type.getName() + " has no public constructor without parameters");
    }

    void theDescriptorIsTheSameAtEveryCall() {
        var spi = subject.spi();
        var first = descriptor(spi);
        require(first.equals(descriptor(spi)), "descriptor() gives another value at the second call");
        require(first.equals(descriptor(subject.spi())), "descriptor() gives another value in another instance");
    }

    void theIdIsNotReserved() {
        String id = descriptor().id();
        require(!ReservedIds.contains(id), "the id '" + id + "' is a name that Koine keeps for itself");
    }

    void theSummaryIsOneLine() {
        String summary = descriptor().summary();
        require(!summary.isBlank(), "the summary is empty; lists show it");
        require(summary.lines().count() == 1 && summary.equals(summary.strip()),
                "the summary is not one line without blanks around it: '" + summary + "'");
        require(summary.length() <= 100, "the summary has " + summary.length() + " characters; 100 fit into a list");
    }

    void keysAreInKebabCaseAndDocumented() {
        check("option", descriptor().options());
        check("quirk", descriptor().quirks());
    }

    private static void check(String what, List<ConfigKey> keys) {
        var names = new HashSet<String>();
        for (var key : keys) {
            String name = "the " + what + " '" + key.name() + "'";
            require(key.name().matches(KEBAB), name + " is not in kebab case");
            require(names.add(key.name()), name + " is declared twice");
            require(key.doc().lines().count() == 1 && !key.doc().isBlank(), name + " has no line of documentation");
            require(!key.required() || key.defaultValue().isEmpty(), name + " is required and has a default");
            require((key.type() == ConfigKey.Type.CHOICE) != key.allowed().isEmpty(),
                    name + " is a choice without values, or has values and is no choice");
            key.defaultValue().ifPresent(value -> require(fits(key, value),
                    name + " has a default that it does not allow: " + value));
        }
    }

    private static boolean fits(ConfigKey key, String value) {
        return switch (key.type()) {
            case INTEGER -> value.matches("-?\\d+");
            case NUMBER -> value.matches("-?\\d+(\\.\\d+)?");
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case CHOICE -> key.allowed().contains(value);
            case TEXT, TEXTS, TABLE -> true;
        };
    }

    private DialectDescriptor descriptor() {
        return descriptor(subject.spi());
    }

    private static DialectDescriptor descriptor(ProviderSpi spi) {
        return given("descriptor()", spi::descriptor);
    }
}
