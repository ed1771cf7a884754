package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The two directions of a console, once it is open.
interface ConsoleTransport extends AutoCloseable {
    /// What the console shows. A read that waits ends when the wire is closed.
    InputStream input();

    /// What is typed. A write that waits ends when the wire is closed.
    OutputStream output();

    /// Ends both at once, without waiting for the other side. May be called twice, by any
    /// thread.
    @Override
    void close();

    /// Opens a wire.
    @FunctionalInterface
    interface Opener {
        /// Waits until it is open, or cannot be.
        ///
        /// @throws IOException with one sentence
        ConsoleTransport open() throws IOException;
    }
}
