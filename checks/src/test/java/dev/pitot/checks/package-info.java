/// The house rules as tests, over the class files and the source files of all modules. A
/// [HouseRule] comes with code that breaks it, and is tried on that code too: a rule that
/// cannot fail protects nothing.
@NullMarked
package dev.pitot.checks;

import org.jspecify.annotations.NullMarked;
