package dev.pitot.checks;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// A rule about class files, together with code that breaks it.
///
/// @param scope classes that must obey
/// @param rule its description is the failure message
/// @param violation source files, each with one top-level type, that break the rule when they are
///     compiled together
record HouseRule(Scope scope, ArchRule rule, List<String> violation) {
    HouseRule {
        rule = rule.allowEmptyShould(true); // a module may have no class yet that a rule applies to
        violation = List.copyOf(violation);
    }

    static HouseRule main(ArchRule rule, String... violation) {
        return new HouseRule(Scope.MAIN, rule, List.of(violation));
    }

    static HouseRule tests(ArchRule rule, String... violation) {
        return new HouseRule(Scope.TESTS, rule, List.of(violation));
    }

    static HouseRule all(ArchRule rule, String... violation) {
        return new HouseRule(Scope.ALL, rule, List.of(violation));
    }

    @Override
    public String toString() {
        return rule.getDescription();
    }

    /// Classes that a rule applies to.
    enum Scope {
        MAIN,
        TESTS,
        ALL
    }
}
