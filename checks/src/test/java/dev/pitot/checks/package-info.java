/// The house rules as tests, over the class files and the source files of all modules. Each [HouseRule]
/// comes with code that breaks it, and is tested on that code too, so that no rule passes vacuously.
@NullMarked
package dev.pitot.checks;

import org.jspecify.annotations.NullMarked;
