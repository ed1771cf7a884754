package dev.pitot.lab.monitor;

import dev.pitot.lab.remote.ConnectionException;

/// Where a watch gets what it tells. Belongs to the thread of its watch.
sealed interface MonitorSource permits PollingSource, FollowSource {
    /// Reads until the node is lost.
    ///
    /// @return why it was, a sentence
    String read(MonitorLog log) throws ConnectionException, InterruptedException;

    /// Nothing is read any more.
    void close();
}
