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

/// The thread of a listener that is open only while tests wait for what comes there. Safe for any
/// thread.
///
/// @param <L> the listener
final class ListenerThread<L extends Closeable> implements AutoCloseable {
    private static final Duration JOIN_TIMEOUT = Duration.ofMillis(500);

    private final String name;
    private final Receiver<L> receiver;
    private final Set<Waiting> tests = new LinkedHashSet<>(); // guarded by this
    private @Nullable Thread thread; // guarded by this

    /// A test that waits. Compared by identity.
    interface Waiting {
        /// Learns that a stream has come which this system would not let be set up, or that none can come any
        /// more. Any thread; must not block.
        void fail(SocketException failure);
    }

    /// Opens the listener.
    @FunctionalInterface
    interface Opener<L> {
        L open() throws IOException;
    }

    /// Takes what comes, on the listener's thread.
    @FunctionalInterface
    interface Receiver<L> {
        /// Waits for a slice at most.
        void receive(L listener) throws IOException;
    }

    ListenerThread(String name, Receiver<L> receiver) {
        this.name = name;
        this.receiver = receiver;
    }

    /// A test begins to wait.
    ///
    /// @param opener called under this lock, if nobody waits yet
    /// @throws IOException if the listener cannot be opened
    synchronized void add(Waiting test, Opener<L> opener) throws IOException {
        if (thread == null) {
            L listener = opener.open();
            thread = Thread.ofPlatform().name(name).daemon().start(() -> listen(listener));
        }
        tests.add(test);
    }

    /// A test no longer waits. Does nothing the second time.
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

    /// Whether anybody waits. If not, the listener is closed and the thread must leave: the next
    /// test starts another one.
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

    /// Nobody listens any more: the tests that wait cannot go on.
    private synchronized void fail(SocketException failure) {
        if (Objects.equals(thread, Thread.currentThread())) {
            thread = null;
            tests.forEach(test -> test.fail(failure));
        }
    }

    /// Waits until the thread has left.
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
            } catch (InterruptedException _) { // told to the caller
                Thread.currentThread().interrupt();
            }
        }
    }
}
