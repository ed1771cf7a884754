package dev.pitot.lab.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Tells one listener the lines of both outputs of a command, one at a time, until it is over.
/// Any thread may use it.
///
/// What a listener throws is dropped together with the line: reading goes on, since a command
/// whose output nobody takes would stand still.
final class Hearing {
    private final LineListener listener;
    private final ReentrantLock turn = new ReentrantLock(true); // fair: in the order of arrival
    private volatile boolean isOver;

    Hearing(LineListener listener) {
        this.listener = listener;
    }

    void onLine(Line line) {
        turn.lock();
        try {
            if (!isOver) {
                listener.onLine(line);
            }
        } catch (RuntimeException | Error _) {
            // a fault of the listener's must not stop the command's output
        } finally {
            turn.unlock();
        }
    }

    /// Whether the listener is at work on a line.
    boolean isBusy() {
        return turn.isLocked();
    }

    /// Nothing is told any more; waits a moment for a listener that is at work.
    void end(Duration patience) throws InterruptedException {
        isOver = true;
        if (turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            turn.unlock();
        }
    }
}
