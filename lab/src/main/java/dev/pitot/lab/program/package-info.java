/// Which measuring programs a node has, and which of them a pair of nodes uses.
@NullMarked
package dev.pitot.lab.program;

import org.jspecify.annotations.NullMarked;
