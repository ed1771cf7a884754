package dev.pitot.cli.run;

import java.io.IOException;

/// What a process has to do with `-D`: it sends a server to the background, or is that server.
public interface Daemon {
    /// Whether this process is in the background already.
    boolean isReached();

    /// Starts this program once more, in the background, and waits until that listens or has
    /// failed.
    ///
    /// @return the exit code of this process
    /// @throws IOException with iperf's words, if the program cannot be started
    /// @throws InterruptedException if this thread was interrupted; the other process goes on
    int send() throws IOException, InterruptedException;

    /// The server listens: lets go of whoever started it. In the foreground that is nobody.
    void onListening();
}
