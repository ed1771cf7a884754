package dev.pitot.lab.plan;

import dev.pitot.lab.node.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A session: what shall be tested, in which order, and what is done around it.
///
/// @param title a name for people and folders
/// @param nodes by name, in the order of the plan; those of tests and those of hooks and watches
/// @param cases every test, in order: repetition outermost, then the node, the direction, the
/// test and
///     its sweeps
/// @param fixtures what is done around them
/// @param options how the session goes
public record Plan(
        String title, Map<String, Node> nodes, List<TestCase> cases, PlanFixtures fixtures, SessionOptions options) {
    public Plan {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        cases = List.copyOf(cases);
    }
}
