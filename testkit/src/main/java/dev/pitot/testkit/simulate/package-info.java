/// Networks that lose, delay, reorder, repeat and spoil datagrams, at will and reproducibly: in
/// virtual time, or between real sockets. Nothing of it is random that a seed does not decide.
@NullMarked
package dev.pitot.testkit.simulate;

import org.jspecify.annotations.NullMarked;
