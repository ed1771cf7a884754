package dev.pitot.lab.plan;

import java.util.List;
import java.util.stream.Collectors;

/// A plan that cannot be carried out, with everything that is wrong with it. The message has a
/// line for each problem.
public final class PlanException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an immutable list of records is not meant to be serialized
    private final List<Diagnostic> problems;

    PlanException(List<Diagnostic> problems) {
        super(problems.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// What is wrong, in the order of the file; at least one.
    public List<Diagnostic> problems() {
        return problems;
    }
}
