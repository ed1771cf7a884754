package dev.pitot.lab.node;

import java.nio.file.Path;

/// Where a secret is. The secret itself is read when it is needed, and never kept in a plan.
public sealed interface Secret {
    /// A variable of the environment.
    record InVariable(String name) implements Secret {}

    /// The first line of a file that only its owner may read.
    record InFile(Path file) implements Secret {}
}
