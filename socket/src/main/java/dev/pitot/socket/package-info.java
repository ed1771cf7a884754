/// The door to the network: [SocketFamily] opens connections and listeners, of streams and of
/// datagrams, whose blocking calls wait in slices, so that whoever blocks looks up ten times a
/// second and no call outlives the wish for it. On a data connection one thread sends and one
/// receives; any may ask it or call `shutdown`. Closing is the owner's task, after they have
/// left.
@NullMarked
package dev.pitot.socket;

import org.jspecify.annotations.NullMarked;
