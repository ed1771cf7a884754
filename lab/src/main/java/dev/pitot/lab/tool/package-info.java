/// The programs that measure on a node: which are there and which a pair uses, their command lines from one
/// description of a test, how they report that they are ready, and what their errors mean.
@NullMarked
package dev.pitot.lab.tool;

import org.jspecify.annotations.NullMarked;
