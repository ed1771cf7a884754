package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.process.Ended;
import dev.pitot.lab.process.NodeProcess;
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
final class Feed implements AutoCloseable {
    private static final int MAX_WAITING = 64; // lines may be 1 MiB long each
    private static final long OFFER_MILLIS = 100;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile boolean isClosed;
    private @Nullable NodeProcess running;

    /// What comes.
    sealed interface Item {
        /// A line.
        ///
        /// @param heardNanos when it was heard, by the monotonic clock
        record Text(Line line, long heardNanos) implements Item {}

        /// The end: nothing comes after it.
        record Over(CommandEnd end) implements Item {}
    }

    private Feed() {}

    /// Starts a command.
    static Feed open(Station station, List<String> command, NanoClock clock) throws ConnectionException {
        var feed = new Feed();
        NodeProcess running =
                station.start("monitor", Map.of(), command, line -> feed.put(new Item.Text(line, clock.nanoTime())));
        feed.running = running;
        Thread.ofVirtual().name("watch-end").start(() -> feed.awaitEnd(running));
        return feed;
    }

    /// The next line or the end; null if nothing comes.
    @Nullable Item next(Duration patience) throws InterruptedException {
        return items.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        isClosed = true;
        items.clear();
        if (running == null) {
            return;
        }
        boolean isInterrupted = Thread.interrupted(); // ending it is worth the while
        try (NodeProcess ending = running) {
            Ended _ = ending.end(Duration.ZERO);
        } catch (ConnectionException _) {
            // not to be reached: a loop ends itself when nobody hears it
        } catch (InterruptedException _) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(NodeProcess command) {
        try {
            CommandEnd end = command.await(FOR_EVER);
            while (end == null && !isClosed) {
                end = command.await(FOR_EVER);
            }
            put(new Item.Over(end == null ? new CommandEnd.LetGo() : end));
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
