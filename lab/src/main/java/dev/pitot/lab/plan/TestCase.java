package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.tool.TestSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One test of a session: two nodes, a direction, settings.
///
/// @param number 1 for the first of the session
/// @param repetition 1 for the first
/// @param pair between whom
/// @param spec what is measured
/// @param engine what measures, at both ends; null for what the nodes have in common
/// @param thresholds what the result must keep
public record TestCase(
        int number,
        int repetition,
        Pair pair,
        TestSpec spec,
        @Nullable EngineKind engine,
        List<Threshold> thresholds) {
    public TestCase {
        thresholds = List.copyOf(thresholds);
    }

    /// Two nodes and a direction.
    ///
    /// @param node the device under test, by name
    /// @param peer the traffic PC, or any other node, by name
    /// @param direction which way data flows
    public record Pair(String node, String peer, NodeDirection direction) {
        /// The name of the node that sends.
        public String sender() {
            return direction == NodeDirection.FROM_NODE ? node : peer;
        }

        /// The name of the node that receives.
        public String receiver() {
            return direction == NodeDirection.FROM_NODE ? peer : node;
        }
    }

    /// Which way data flows, seen from the device under test.
    public enum NodeDirection {
        /// Downlink: the device receives.
        TO_NODE,
        /// Uplink: the device sends.
        FROM_NODE
    }

    /// What is measured.
    ///
    /// @param test the name that the plan gives
    /// @param settings with the sweeps' values in place
    /// @param parameters the point of the sweep
    public record TestSpec(String test, TestSettings settings, ParameterSet parameters) {}
}
