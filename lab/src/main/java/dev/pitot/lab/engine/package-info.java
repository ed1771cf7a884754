/// The programs that measure on a node: their command lines from one description of a test, how
/// they say that they are ready, and what their complaints mean.
@NullMarked
package dev.pitot.lab.engine;

import org.jspecify.annotations.NullMarked;
