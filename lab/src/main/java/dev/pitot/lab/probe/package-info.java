/// Scripts on a node and the readings of their output, one or many, for hooks and monitors. Not exported.
@NullMarked
package dev.pitot.lab.probe;

import org.jspecify.annotations.NullMarked;
