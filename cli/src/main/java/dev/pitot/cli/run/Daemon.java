package dev.pitot.cli.run;

import java.io.IOException;

/// Background operation of a process (`-D`): it either starts a background server, or is that server.
public interface Daemon {
    /// True if this process is already in the background.
    boolean isReached();

    /// Starts this program again, in the background, and waits until that process listens or has
    /// failed.
    ///
    /// @return the exit code of this process
    /// @throws IOException with iperf's message, if the program cannot be started
    /// @throws InterruptedException if this thread was interrupted; the other process continues
    int send() throws IOException, InterruptedException;

    /// Notifies the process that started this one that the server listens. No effect in the foreground.
    void onListening();
}
