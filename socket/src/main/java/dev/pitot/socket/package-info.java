/// The door to the network: [SocketFamily] opens connections and listeners, of streams and of
/// datagrams, whose blocking calls wait in slices, so that whoever blocks looks up ten times a
/// second and no call outlives the wish for it. A data connection belongs to one thread; only
/// `shutdown` may be called by another. Closing is the owner's task, after its thread has left.
@NullMarked
package dev.pitot.socket;

import org.jspecify.annotations.NullMarked;
