package dev.pitot.engine.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many data streams all tests of a server may have together: each costs a thread and a
/// block of memory. Safe for any thread.
public final class StreamBudget {
    /// 1024 streams take 128 MiB at most: for blocks, or for datagrams and the numbers that
    /// arrived.
    private static final int MAX_STREAMS = 1024;

    private final Semaphore free = new Semaphore(MAX_STREAMS, true);

    /// Takes room for so many streams. Whoever waits longest gets it first.
    ///
    /// @param millis how long to wait for it; 0 for not at all
    /// @return false if there is none
    public boolean take(int streams, int millis) throws InterruptedException {
        return free.tryAcquire(streams, millis, TimeUnit.MILLISECONDS);
    }

    /// Gives it back.
    public void giveBack(int streams) {
        free.release(streams);
    }
}
