package dev.pitot.lab.plan;

import dev.pitot.lab.plan.TestCase.NodeDirection;
import java.util.List;

/// A test of a plan, before it is put to its nodes.
///
/// @param position where it stands
/// @param directions its directions, none twice
/// @param nodes the names of the devices that it is for; empty for all
/// @param variants one for each combination of its sweeps
/// @param thresholds what its results must keep
record TestDefinition(
        SourcePosition position,
        List<NodeDirection> directions,
        List<String> nodes,
        List<TestVariant> variants,
        List<Threshold> thresholds) {
    /// Whether it is for a pair's device.
    boolean isFor(String node) {
        return nodes.isEmpty() || nodes.contains(node);
    }
}
