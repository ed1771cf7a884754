package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/// Waits until a descriptor is ready. Any thread.
///
/// A platform thread waits in the kernel and returns as soon as the descriptor is ready. A virtual
/// thread polls and sleeps, with increasing pauses, and returns up to [#LONGEST_SLEEP] late: in the
/// kernel it would block its carrier thread.
final class PollWaiter {
    // poll.h
    static final short POLLIN = 1;
    static final short POLLOUT = 4;
    private static final int POLLERR = 8;

    private static final int ANY = ~0;

    private static final Duration FIRST_SLEEP = Duration.ofNanos(125_000);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(4);

    static final long POLLFD_BYTES = 8; // struct pollfd: int fd, short events, short revents
    static final long EVENTS_OFFSET = 4;
    private static final long RESULT_OFFSET = 6;
    static final long TIMESPEC_BYTES = 16; // struct timespec: long seconds, long nanos
    static final long NANOS_OFFSET = 8;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private PollWaiter() {}

    /// Waits for an event.
    ///
    /// @param events [#POLLIN] or [#POLLOUT]; an error counts as either
    /// @param millis 0 or more
    /// @return true if it is ready; false if the time has passed, or earlier after a signal
    /// @throws InterruptedIOException if a virtual thread is interrupted; a platform thread ignores
    ///     interrupts
    static boolean await(int fd, short events, int millis) throws InterruptedIOException {
        return await(fd, events, ANY, millis);
    }

    /// Waits for room to send on a connected socket. Answers in its error queue, such as timestamps,
    /// are none: the kernel reports them as an error, too. A connection that broke counts, since the
    /// kernel then reports more than an error.
    ///
    /// @param millis 0 or more
    /// @return as `await`
    static boolean awaitRoom(int fd, int millis) throws InterruptedIOException {
        return await(fd, POLLOUT, ~POLLERR, millis);
    }

    private static boolean await(int fd, short events, int counted, int millis) throws InterruptedIOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = SystemCall.errno(arena);
            MemorySegment question = arena.allocate(POLLFD_BYTES, JAVA_LONG.byteAlignment());
            question.set(JAVA_INT, 0, fd);
            question.set(JAVA_SHORT, EVENTS_OFFSET, events);
            MemorySegment timeout = arena.allocate(TIMESPEC_BYTES, JAVA_LONG.byteAlignment());
            if (Thread.currentThread().isVirtual()) {
                return askAndSleep(errno, question, timeout, counted, Duration.ofMillis(millis));
            }
            timeout.set(JAVA_LONG, 0, millis / MILLIS_PER_SECOND);
            timeout.set(JAVA_LONG, NANOS_OFFSET, millis % MILLIS_PER_SECOND * NANOS_PER_MILLI);
            return poll(errno, question, timeout, counted);
        }
    }

    private static boolean askAndSleep(
            MemorySegment errno, MemorySegment question, MemorySegment noTime, int counted, Duration length)
            throws InterruptedIOException {
        Duration slept = Duration.ZERO;
        Duration sleep = FIRST_SLEEP;
        while (!poll(errno, question, noTime, counted)) {
            if (slept.compareTo(length) >= 0) {
                return false;
            }
            pause(sleep);
            slept = slept.plus(sleep);
            sleep = sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep.multipliedBy(2) : LONGEST_SLEEP;
        }
        return true;
    }

    private static boolean poll(MemorySegment errno, MemorySegment question, MemorySegment timeout, int counted) {
        return SystemCall.PPOLL.call(errno, question.address(), 1, timeout.address()) > 0
                && (question.get(JAVA_SHORT, RESULT_OFFSET) & counted) != 0;
    }

    private static void pause(Duration length) throws InterruptedIOException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException _) { // reported as an I/O exception
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
