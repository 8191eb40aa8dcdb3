package dev.koine.core.detection;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.PresetText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers prove: the signatures of all dialects' jars ({@value PresetText#DETECTION}), program's own first. Each file
 * has {@code schema-version = 1}, tables {@code [signatures.ID]}, and {@code [endpoints.DIALECT]} that say where on an
 * origin an endpoint of the dialect may be. Immutable.
 */
public final class Signatures {
    private final Map<Signature, Condition> conditions;
    private final List<Whereabouts> endpoints;
    private final List<DialectProblem> problems;

    private Signatures(Map<Signature, Condition> conditions, List<Whereabouts> endpoints,
            List<DialectProblem> problems) {
        this.conditions = conditions;
        this.endpoints = List.copyOf(endpoints);
        this.problems = List.copyOf(problems);
    }

    /** Read files; what cannot be understood becomes a {@linkplain #problems() problem}. */
    public static Signatures of(List<PresetText> files) {
        var conditions = new LinkedHashMap<Signature, Condition>();
        var endpoints = new LinkedHashMap<String, Whereabouts>();
        var problems = new ArrayList<DialectProblem>();
        var ids = new LinkedHashSet<String>();
        for (var file : files) {
            var read = SignatureReader.read(file);
            problems.addAll(read.problems());
            read.endpoints().forEach(endpoint -> {
                if (endpoints.putIfAbsent(endpoint.dialect(), endpoint) != null) {
                    problems.add(known(file, "endpoints." + endpoint.dialect()));
                }
            });
            read.signatures().forEach((signature, condition) -> {
                if (ids.add(signature.id())) {
                    conditions.put(signature, condition);
                } else {
                    problems.add(known(file, "signatures." + signature.id()));
                }
            });
        }
        return new Signatures(conditions, List.copyOf(endpoints.values()), problems);
    }

    private static DialectProblem known(PresetText file, String where) {
        return new DialectProblem(DialectProblem.Kind.DUPLICATE, where, Optional.of(file.file()),
                "detection.toml of " + file.owner() + ": " + where + " is known already; the first is used",
                Optional.empty());
    }

    /** Return all signatures, in their order. */
    public List<Signature> all() {
        return List.copyOf(conditions.keySet());
    }

    /** Return what is wrong with files. */
    public List<DialectProblem> problems() {
        return problems;
    }

    /** Return what an answer proves, the most telling signature first; none where it proves nothing. */
    public List<Signature> matching(Answer answer) {
        return conditions.entrySet().stream().filter(entry -> entry.getValue().holds(answer))
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().weight())).map(Map.Entry::getKey).toList();
    }

    /** Return what an answer says about its request: the verdict of the most telling signature that has one. */
    public Optional<Verdict> verdict(Answer answer) {
        return matching(answer).stream().flatMap(signature -> signature.verdict().stream()).findFirst();
    }

    /** Return where endpoints may be, by dialect. */
    List<Whereabouts> endpoints() {
        return endpoints;
    }
}
