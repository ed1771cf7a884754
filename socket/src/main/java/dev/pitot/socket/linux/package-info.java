/// The Linux family: system calls through java.lang.foreign on descriptors of its own, because
/// the kernel tells and offers more than java.nio passes on. [SystemCall] is the only door out;
/// a [Descriptor] sees to it that no call ever meets a number that was closed; a [Lane] of a
/// connection moves the bytes. Calls answer as the kernel does: the result, or −errno.
///
/// Whoever waits in the kernel on a virtual thread holds its carrier, and a machine has few of
/// them. So a platform thread waits in the kernel, as a data stream should, and a virtual thread
/// asks and sleeps ([Readiness]).
@NullMarked
package dev.pitot.socket.linux;

import org.jspecify.annotations.NullMarked;
