/// Programs on a node that can always be found and ended again, with all that came of them. A program
/// gets a session of its own and a tag in its environment, and is noted in a file named
/// after its owner ([ProcessTag]); ending it is another command over the same connection, so that a program
/// that is silent, hangs or has lost its connection ends all the same. A node is taken by one
/// session ([NodeLease]); what a dead session has left is found by its notes. Every wait is bounded.
@NullMarked
package dev.pitot.lab.process;

import org.jspecify.annotations.NullMarked;
