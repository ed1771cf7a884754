package dev.pitot.engine.session;

import java.util.concurrent.Semaphore;

/// How many data streams all tests of a server may have together: each costs a thread and a
/// block of memory. Safe for any thread.
public final class StreamBudget {
    /// 1024 streams take 128 MiB at most: for blocks, or for datagrams and the numbers that
    /// arrived.
    private static final int MAX_STREAMS = 1024;

    private final Semaphore free = new Semaphore(MAX_STREAMS);

    /// Takes room for so many streams.
    ///
    /// @return false if there is none
    public boolean take(int streams) {
        return free.tryAcquire(streams);
    }

    /// Gives it back.
    public void giveBack(int streams) {
        free.release(streams);
    }
}
