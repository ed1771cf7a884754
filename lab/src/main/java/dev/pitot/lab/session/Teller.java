package dev.pitot.lab.session;

import dev.pitot.lab.store.ResultsFolder;
import java.util.concurrent.locks.ReentrantLock;

/// Tells the listener, one event at a time. Any thread may use it.
final class Teller {
    private final SessionListener listener;
    private final ResultsFolder folder;
    private final ReentrantLock lock = new ReentrantLock();

    Teller(SessionListener listener, ResultsFolder folder) {
        this.listener = listener;
        this.folder = folder;
    }

    void tell(SessionEvent event) {
        lock.lock();
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) { // a listener is not ours, and must not end a session
            folder.log("a listener failed: " + e);
        } finally {
            lock.unlock();
        }
    }

    /// Tells it, and the log.
    void note(String text) {
        folder.log(text);
        tell(new SessionEvent.Note(text));
    }
}
