package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;

/// Where a watch gets what it tells. Belongs to the thread of its watch.
sealed interface Source permits GaugeSource, FollowSource {
    /// Reads until the node is lost.
    ///
    /// @return why it was, a sentence
    String read(Sheet sheet) throws ConnectionException, InterruptedException;

    /// Nothing is read any more.
    void close();
}
