package dev.pitot.metrics.record;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.util.function.Consumer;

/// Passes the texts of a format to a sink, for any number of tests. Thread-safe.
public final class Snapshots {
    private final SnapshotFormat format;
    private final Consumer<String> sink;
    private final Runnable begin;

    /// @param sink receives each text, on the thread of the test's listener
    /// @param begin called for each event of a test, before it is processed
    public Snapshots(SnapshotFormat format, Consumer<String> sink, Runnable begin) {
        this.format = format;
        this.sink = sink;
        this.begin = begin;
    }

    /// Returns a listener for one test that this process runs as a client. The end of the test
    /// produces a text even if the test never began.
    public TestListener forTest() {
        SnapshotFormat.State state = format.state();
        return new Listener(state == null ? _ -> {} : state.forTest(), true);
    }

    /// Returns a listener for a server and its tests. The end of a test that never began produces
    /// no text, since unauthenticated clients can cause many of those; it is included in the next
    /// text.
    public ServerListener forServer() {
        SnapshotFormat.State state = format.state();
        return new Server(state == null ? new NoOpServerListener() : state.forServer());
    }

    private final class Listener implements TestListener {
        private final TestListener keeper;
        private final RecordBuilder builder = new RecordBuilder(format.window(), format.directions());
        private boolean hasBegun;

        Listener(TestListener keeper, boolean hasBegun) {
            this.keeper = keeper;
            this.hasBegun = hasBegun;
        }

        @Override
        public void onEvent(TestEvent event) {
            begin.run();
            keeper.onEvent(event);
            for (MetricsRecord record : builder.on(event)) {
                sink.accept(format.text().apply(record));
            }
            hasBegun |= event instanceof TestEvent.Started;
            SnapshotFormat.State state = format.state();
            if (event instanceof TestEvent.Finished && hasBegun && state != null) {
                sink.accept(state.text());
            }
        }
    }

    private final class Server implements ServerListener {
        private final ServerListener keeper;

        Server(ServerListener keeper) {
            this.keeper = keeper;
        }

        @Override
        public void onServerEvent(ServerEvent event) {
            keeper.onServerEvent(event);
        }

        @Override
        public TestListener onTest(int testNumber) {
            return new Listener(keeper.onTest(testNumber), false);
        }
    }

    /// A server's listener that keeps nothing.
    private static final class NoOpServerListener implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            // ignored
        }

        @Override
        public TestListener onTest(int testNumber) {
            return _ -> {};
        }
    }
}
