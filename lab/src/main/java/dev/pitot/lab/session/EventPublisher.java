package dev.pitot.lab.session;

import dev.pitot.lab.results.ResultsFolder;
import java.util.concurrent.locks.ReentrantLock;

/// Passes events to the listener, one at a time. Any thread may use it.
final class EventPublisher {
    private final SessionListener listener;
    private final ResultsFolder folder;
    private final ReentrantLock lock = new ReentrantLock();

    EventPublisher(SessionListener listener, ResultsFolder folder) {
        this.listener = listener;
        this.folder = folder;
    }

    void publish(SessionEvent event) {
        lock.lock();
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) { // a listener is not ours, and must not end a session
            folder.log("a listener failed: " + e);
        } finally {
            lock.unlock();
        }
    }

    /// Publishes a note, and writes it to the log.
    void note(String text) {
        folder.log(text);
        publish(new SessionEvent.Note(text));
    }
}
