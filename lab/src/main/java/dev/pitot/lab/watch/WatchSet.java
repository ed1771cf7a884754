package dev.pitot.lab.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All watches of a session: started before the first test, closed at its end. Whatever befalls
/// them is told to the listener and written in their files; nothing is thrown.
///
/// Each watch runs on a virtual thread and writes `logs/KIND_NODE.csv`, or `.log` if it follows
/// lines; a second one of the same kind and node writes `logs/KIND_NODE_002.csv`. Times are UTC
/// to the millisecond. A node that was lost is tried again, and the gap is marked by a line
/// `# gap from … to …: why`. Used by one thread.
public final class WatchSet implements AutoCloseable {
    /// Enough to end what runs on the nodes, which is done side by side.
    private static final Duration TO_END = Duration.ofSeconds(1);

    private final List<Watch> watches;
    private final Function<String, @Nullable Station> stations;
    private final WatchListener listener;
    private final WatcherMaker maker;
    private final List<Watcher> running = new ArrayList<>();

    /// Watches that are not started yet.
    ///
    /// @param stations the nodes by name; null for one that must not be touched
    /// @param files where they write
    public WatchSet(
            List<Watch> watches,
            Function<String, @Nullable Station> stations,
            WatchFiles files,
            WatchListener listener,
            Clocks clocks) {
        this(watches, stations, listener, new WatcherMaker(files, listener, clocks, Pace.USUAL));
    }

    WatchSet(
            List<Watch> watches,
            Function<String, @Nullable Station> stations,
            WatchListener listener,
            WatcherMaker maker) {
        this.watches = List.copyOf(watches);
        this.stations = stations;
        this.listener = listener;
        this.maker = maker;
    }

    /// Starts every watch that can be; what is wrong with another is told to the listener.
    public void start() {
        for (Watch watch : watches) {
            Station station = stations.apply(watch.node());
            if (station == null) {
                listener.onTrouble(watch, "there is no connection to " + watch.node());
                continue;
            }
            try {
                Watcher watcher = maker.of(watch, station);
                running.add(watcher);
                watcher.start();
            } catch (IllegalArgumentException e) {
                listener.onTrouble(watch, "it cannot be monitored on " + station.system() + ": " + e.getMessage());
            }
        }
    }

    /// Stops every watch and closes its file, within a second, as far as the nodes allow it. What
    /// a node does not let us end there ends itself, 2 s after nobody hears it any more.
    @Override
    public void close() {
        running.forEach(Watcher::stop);
        try {
            CompletableFuture.allOf(running.stream().map(Watcher::ended).toArray(CompletableFuture<?>[]::new))
                    .get(TO_END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        } catch (ExecutionException | TimeoutException _) {
            // a node does not answer: its connection's end is the watch's end
        }
        running.clear();
    }
}
