package dev.pitot.lab.probe;

import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.RemoteProcess;
import dev.pitot.lab.process.TerminationResult;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of a running command, one after the other, and then its end. One thread takes; any
/// thread may close.
public final class LineQueue implements AutoCloseable {
    private static final int MAX_WAITING = 64; // lines may be 1 MiB long each
    private static final long OFFER_MILLIS = 100;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile boolean isClosed;
    private @Nullable RemoteProcess running;

    /// What comes.
    public sealed interface Item {
        /// A line.
        ///
        /// @param arrivalNanos when it was heard, by the monotonic clock
        record Received(OutputLine line, long arrivalNanos) implements Item {}

        /// The end: nothing comes after it.
        record End(CommandEnd end) implements Item {}
    }

    private LineQueue() {}

    /// Starts a command.
    public static LineQueue open(CommandTarget target, List<String> command, NanoClock clock)
            throws ConnectionException {
        var queue = new LineQueue();
        RemoteProcess running = target.start(
                "monitor", Map.of(), command, line -> queue.put(new Item.Received(line, clock.nanoTime())));
        queue.running = running;
        Thread.ofVirtual().name("watch-end").start(() -> queue.awaitEnd(running));
        return queue;
    }

    /// The next line or the end; null if nothing comes.
    @Nullable public Item next(Duration timeout) throws InterruptedException {
        return items.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        isClosed = true;
        items.clear();
        if (running == null) {
            return;
        }
        boolean isInterrupted = Thread.interrupted(); // ending it is worth the while
        try (RemoteProcess ending = running) {
            TerminationResult _ = ending.end(Duration.ZERO);
        } catch (ConnectionException _) {
            // not to be reached: a loop ends itself when nobody hears it
        } catch (InterruptedException _) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(RemoteProcess command) {
        try {
            CommandEnd end = command.await(FOR_EVER);
            while (end == null && !isClosed) {
                end = command.await(FOR_EVER);
            }
            put(new Item.End(end == null ? new CommandEnd.Abandoned() : end));
        } catch (InterruptedException _) {
            // nobody interrupts this thread; if so, it is to end
        }
    }

    private void put(Item item) {
        try {
            while (!isClosed && !items.offer(item, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
                // the taker is slower than the command: it waits, but never beyond our end
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
