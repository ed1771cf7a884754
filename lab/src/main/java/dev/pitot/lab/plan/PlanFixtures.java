package dev.pitot.lab.plan;

import java.util.List;

/// What is done around and beside the tests of a plan.
///
/// @param variables in the order of the plan
/// @param hooks in the order in which they are done
/// @param monitors what runs beside the tests
public record PlanFixtures(List<Variable> variables, List<Hook> hooks, List<Monitor> monitors) {
    /// Nothing.
    public static final PlanFixtures NONE = new PlanFixtures(List.of(), List.of(), List.of());

    public PlanFixtures {
        variables = List.copyOf(variables);
        hooks = List.copyOf(hooks);
        monitors = List.copyOf(monitors);
    }
}
