package dev.pitot.lab.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The point of a sweep that a test stands at.
///
/// @param variables values of the plan's variables by their names, in the order of the plan
/// @param sweep values of the test's swept options by their names, in the order of the plan
public record ParameterSet(Map<String, String> variables, Map<String, String> sweep) {
    /// Of a test that sweeps nothing.
    public static final ParameterSet NONE = new ParameterSet(Map.of(), Map.of());

    public ParameterSet {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        sweep = Collections.unmodifiableMap(new LinkedHashMap<>(sweep));
    }
}
