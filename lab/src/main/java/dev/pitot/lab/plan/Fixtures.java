package dev.pitot.lab.plan;

import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Watch;
import java.util.List;

/// What is done around and beside the tests of a plan.
///
/// @param variables in the order of the plan
/// @param hooks in the order in which they are done
/// @param watches what runs beside the tests
public record Fixtures(List<Variable> variables, List<Hook> hooks, List<Watch> watches) {
    /// Nothing.
    public static final Fixtures NONE = new Fixtures(List.of(), List.of(), List.of());

    public Fixtures {
        variables = List.copyOf(variables);
        hooks = List.copyOf(hooks);
        watches = List.copyOf(watches);
    }
}
