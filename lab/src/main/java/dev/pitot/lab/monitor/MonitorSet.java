package dev.pitot.lab.monitor;

import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
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
public final class MonitorSet implements AutoCloseable {
    /// Enough to end what runs on the nodes, which is done side by side.
    private static final Duration TO_END = Duration.ofSeconds(1);

    private final List<Monitor> monitors;
    private final Function<String, @Nullable CommandTarget> stations;
    private final MonitorListener listener;
    private final MonitorFactory maker;
    private final List<MonitorRunner> running = new ArrayList<>();

    /// Watches that are not started yet.
    ///
    /// @param stations the nodes by name; null for one that must not be touched
    /// @param files where they write
    public MonitorSet(
            List<Monitor> watches,
            Function<String, @Nullable CommandTarget> stations,
            MonitorFiles files,
            MonitorListener listener,
            Clocks clocks) {
        this(watches, stations, listener, new MonitorFactory(files, listener, clocks, ReconnectPolicy.DEFAULT));
    }

    MonitorSet(
            List<Monitor> watches,
            Function<String, @Nullable CommandTarget> stations,
            MonitorListener listener,
            MonitorFactory maker) {
        this.monitors = List.copyOf(watches);
        this.stations = stations;
        this.listener = listener;
        this.maker = maker;
    }

    /// Starts every watch that can be; what is wrong with another is told to the listener.
    public void start() {
        for (Monitor monitor : monitors) {
            CommandTarget target = stations.apply(monitor.node());
            if (target == null) {
                listener.onError(monitor, "there is no connection to " + monitor.node());
                continue;
            }
            try {
                MonitorRunner runner = maker.of(monitor, target);
                running.add(runner);
                runner.start();
            } catch (IllegalArgumentException e) {
                listener.onError(monitor, "it cannot be monitored on " + target.system() + ": " + e.getMessage());
            }
        }
    }

    /// Stops every watch and closes its file, within a second, as far as the nodes allow it. What
    /// a node does not let us end there ends itself, 2 s after nobody hears it any more.
    @Override
    public void close() {
        running.forEach(MonitorRunner::stop);
        try {
            CompletableFuture.allOf(running.stream().map(MonitorRunner::ended).toArray(CompletableFuture<?>[]::new))
                    .get(TO_END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // they are stopped all the same
        } catch (ExecutionException | TimeoutException _) {
            // a node does not answer: its connection's end is the watch's end
        }
        running.clear();
    }
}
