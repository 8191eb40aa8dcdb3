package dev.koine.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code koine doctor} found in one area.
 *
 * @param area the area's name
 * @param text how things stand, in one line
 * @param findings what is wrong, if anything
 * @param crashed whether the check itself failed, so that nothing is known
 */
record Checkup(String area, String text, List<Finding> findings, boolean crashed) {
    Checkup {
        requireNonNull(area, "area is null");
        requireNonNull(text, "text is null");
        findings = List.copyOf(findings);
    }

    /** How bad a finding is. */
    enum Severity {
        /** It may be meant so. */
        WARNING,
        /** Something does not work. */
        PROBLEM
    }

    /**
     * Something that is wrong.
     *
     * @param text what is wrong, in one line
     * @param fix commands or steps that mend it, most likely first
     * @param repair mends it, where Koine can do so itself
     */
    record Finding(Severity severity, String text, List<String> fix, Optional<Runnable> repair) {
        Finding {
            requireNonNull(severity, "severity is null");
            requireNonNull(text, "text is null");
            fix = List.copyOf(fix);
            requireNonNull(repair, "repair is null");
        }
    }

    static Checkup crashed(String area, String why) {
        return new Checkup(area, "the check itself failed: " + why, List.of(), true);
    }

    boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    /** Return how the area stands, in a word for programs. */
    String state() {
        return crashed ? "crashed" : has(Severity.PROBLEM) ? "problem" : has(Severity.WARNING) ? "warning" : "ok";
    }

    /** Collects the findings of an area. */
    static final class Findings {
        private final List<Finding> all = new ArrayList<>();

        Findings warn(String text, List<String> fix) {
            all.add(new Finding(Severity.WARNING, text, fix, Optional.empty()));
            return this;
        }

        Findings problem(String text, List<String> fix) {
            all.add(new Finding(Severity.PROBLEM, text, fix, Optional.empty()));
            return this;
        }

        Findings repairable(Severity severity, String text, String fix, Runnable repair) {
            all.add(new Finding(severity, text, List.of(fix), Optional.of(repair)));
            return this;
        }

        int count() {
            return all.size();
        }

        Checkup in(String area, String text) {
            return new Checkup(area, text, all, false);
        }
    }
}
