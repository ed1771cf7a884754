/// Network access: [SocketFamily] opens connections and listeners, for streams and for datagrams.
/// Their blocking calls wait in slices, so that a blocked thread checks for cancellation ten times
/// per second. On a data connection one thread sends and one receives; any may query it or call
/// `shutdown`. The owner closes it when no other thread uses it any more.
@NullMarked
package dev.pitot.socket;

import org.jspecify.annotations.NullMarked;
