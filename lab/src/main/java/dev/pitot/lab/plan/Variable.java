package dev.pitot.lab.plan;

import java.util.List;

/// A variable of a plan that is no option of a measuring program, such as the angle of a
/// turntable: a dimension of the sweep.
///
/// @param name of `[a-z][a-z0-9_]{0,30}`
/// @param values in the order of the plan, none twice: words of `[A-Za-z0-9._-]{1,40}` or numbers
/// @param set hooks that give the variable a value; done only when it differs from the value that
///     was set last; empty if every hook before a test does it
public record Variable(String name, List<String> values, List<Hook> set) {
    public Variable {
        values = List.copyOf(values);
        set = List.copyOf(set);
    }
}
