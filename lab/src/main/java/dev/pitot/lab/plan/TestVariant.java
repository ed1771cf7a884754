package dev.pitot.lab.plan;

import dev.pitot.lab.node.EngineKind;
import org.jspecify.annotations.Nullable;

/// One combination of a test's sweeps.
///
/// @param spec the test with the values in place
/// @param engine null for what the nodes have in common
record TestVariant(TestCase.TestSpec spec, @Nullable EngineKind engine) {}
