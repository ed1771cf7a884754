package dev.pitot.engine.server;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.socket.SocketException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Thread of a listening socket that is open only while tests wait for its streams. Safe for any thread.
///
/// @param <L> the listener
final class ListenerThread<L extends Closeable> implements AutoCloseable {
    private static final Duration JOIN_TIMEOUT = Duration.ofMillis(500);

    private final String name;
    private final Receiver<L> receiver;
    private final Set<Waiting> tests = new LinkedHashSet<>(); // guarded by this
    private @Nullable Thread thread; // guarded by this

    /// Test that waits. Compared by identity.
    interface Waiting {
        /// Called when this system rejects the setup of a stream, or when no more streams can arrive. Any
        /// thread; must not block.
        void fail(SocketException failure);
    }

    /// Opens the listening socket.
    @FunctionalInterface
    interface Opener<L> {
        L open() throws IOException;
    }

    /// Receives streams, on the listener's thread.
    @FunctionalInterface
    interface Receiver<L> {
        /// Waits for one slice at most.
        void receive(L listener) throws IOException;
    }

    ListenerThread(String name, Receiver<L> receiver) {
        this.name = name;
        this.receiver = receiver;
    }

    /// Adds a waiting test.
    ///
    /// @param opener called under this lock, if no test waits yet
    /// @throws IOException if the socket cannot be opened
    synchronized void add(Waiting test, Opener<L> opener) throws IOException {
        if (thread == null) {
            L listener = opener.open();
            thread = Thread.ofPlatform().name(name).daemon().start(() -> listen(listener));
        }
        tests.add(test);
    }

    /// Removes a test. A second call does nothing.
    synchronized void remove(Waiting test) {
        tests.remove(test);
    }

    private void listen(L listener) {
        try (listener) {
            while (isNeeded(listener)) {
                receiver.receive(listener);
            }
        } catch (IOException | RuntimeException | Error e) {
            MemoryShortage.report(e);
            fail(e instanceof SocketException socket ? socket : failure(e));
        }
    }

    /// True if any test waits. If not, the socket is closed and the thread must end: the next test starts
    /// another one.
    private synchronized boolean isNeeded(L listener) throws IOException {
        if (tests.isEmpty()) {
            listener.close();
            thread = null;
        }
        return Objects.equals(thread, Thread.currentThread());
    }

    private static SocketException failure(Throwable e) {
        var failure = new SocketException(0, String.valueOf(e));
        failure.initCause(e);
        return failure;
    }

    /// Fails the waiting tests after the listener has failed.
    private synchronized void fail(SocketException failure) {
        if (Objects.equals(thread, Thread.currentThread())) {
            thread = null;
            tests.forEach(test -> test.fail(failure));
        }
    }

    /// Waits until the thread has ended.
    @Override
    public void close() {
        Thread listening;
        synchronized (this) {
            tests.clear();
            listening = thread;
        }
        if (listening != null) {
            try {
                listening.join(JOIN_TIMEOUT);
            } catch (InterruptedException _) { // restored for the caller
                Thread.currentThread().interrupt();
            }
        }
    }
}
