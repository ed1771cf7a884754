package dev.pitot.lab.results;

import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.List;

/// One test of a session.
///
/// @param number 1 for the first of the session; unique, repetitions count
/// @param repetition 1 for the first
/// @param group what it has in common with its repetitions
public record TestId(int number, int repetition, Group group) {
    /// What all repetitions of a test have in common, in any session of the plan.
    ///
    /// @param test the name that the plan gives
    /// @param pair between whom
    /// @param protocol what carried the data
    /// @param parameters the values of variables and sweeps
    public record Group(String test, TestCase.Pair pair, Protocol protocol, ParameterSet parameters) {}

    /// Of a test of the plan.
    public static TestId of(TestCase test) {
        return new TestId(
                test.number(),
                test.repetition(),
                new Group(
                        test.spec().test(),
                        test.pair(),
                        test.spec().settings().config().test().protocol(),
                        test.spec().parameters()));
    }

    /// For people: `tate to tpc, parallel 4, repetition 1`.
    public String text() {
        List<String> parts = new ArrayList<>();
        parts.add(group.pair.sender() + " to " + group.pair.receiver());
        parts.add(group.protocol.reportName());
        group.parameters.variables().forEach((name, value) -> parts.add(name + " " + value));
        group.parameters.sweep().forEach((name, value) -> parts.add(name + " " + value));
        parts.add("repetition " + repetition);
        return String.join(", ", parts);
    }
}
