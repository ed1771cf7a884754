package dev.pitot.socket.portable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// Waits until one channel is ready for one operation. One thread waits; any may wake or close it.
/// Opens its selector on first use: most connections wait in one direction only.
final class SelectorWaiter implements Closeable {
    private final SelectableChannel channel;
    private final int operation;
    private @Nullable Selector selector; // guarded by this
    private boolean isWoken; // before the selector was opened; guarded by this
    private boolean isClosed; // guarded by this

    /// Does not take ownership of the channel.
    ///
    /// @param operation one of java.nio.channels.SelectionKey's
    SelectorWaiter(SelectableChannel channel, int operation) {
        this.channel = channel;
        this.operation = operation;
    }

    /// Waits until the channel is ready, the time has passed or another thread calls [#wake()]; the
    /// caller retries its operation to find out.
    ///
    /// @throws InterruptedIOException if the thread is interrupted, because selectors then do not
    ///     wait
    /// @throws ClosedChannelException if it is closed
    void await(int millis) throws IOException {
        Selector open = selector();
        try {
            // The key stays selected: select() allows it, and it saves allocating the set's entry.
            open.select(millis);
        } catch (ClosedSelectorException _) { // closed meanwhile; reported as by a channel
            throw new ClosedChannelException();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private synchronized Selector selector() throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        if (selector == null) {
            Selector opened = Selector.open();
            selector = opened;
            channel.register(opened, operation);
            if (isWoken) {
                opened.wakeup();
            }
        }
        return selector;
    }

    /// Ends the current wait, or the next one if there is none.
    synchronized void wake() {
        isWoken = true;
        if (selector != null) {
            selector.wakeup();
        }
    }

    /// Must be called after closing the channel, whose descriptor is freed only when it is
    /// deregistered from all selectors.
    @Override
    public void close() throws IOException {
        Selector open;
        synchronized (this) {
            isClosed = true;
            open = selector;
        }
        if (open != null) {
            open.close(); // outside the lock: waits for the waiting thread
        }
    }
}
