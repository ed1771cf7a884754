/// Linux socket family: system calls through java.lang.foreign on its own descriptors, because the
/// kernel offers more than java.nio exposes. [SystemCall] is the only access to the kernel; a
/// [Descriptor] ensures that no call uses a closed number; a [SocketIo] of a connection transfers the
/// data. Calls return the kernel's result, or −errno.
///
/// A virtual thread that waits in the kernel blocks its carrier thread, and there are only few of
/// those. So a platform thread waits in the kernel, as a data stream should, and a virtual thread
/// polls and sleeps ([PollWaiter]).
@NullMarked
package dev.pitot.socket.linux;

import org.jspecify.annotations.NullMarked;
