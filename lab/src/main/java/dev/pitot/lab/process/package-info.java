/// Programs on a node that can always be found and ended again. A program is started through a
/// wrapper that notes its process in a file whose name says whose it is ([Mark]); ending it is
/// another command over the same connection, so that a program that is silent, hangs or has
/// lost its connection ends all the same. Leftovers of earlier sessions are found by the same
/// files. Every wait is bounded.
@NullMarked
package dev.pitot.lab.process;

import org.jspecify.annotations.NullMarked;
