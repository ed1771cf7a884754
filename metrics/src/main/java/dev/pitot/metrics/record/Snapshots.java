package dev.pitot.metrics.record;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.util.function.Consumer;

/// Hands the texts of a format to a sink, for any number of tests. Any thread may call it.
public final class Snapshots {
    private final SnapshotFormat format;
    private final Consumer<String> sink;
    private final Runnable begin;

    /// @param sink takes each text, on the thread of the test's listener
    /// @param begin called with each event of a test before anything else is done with it
    public Snapshots(SnapshotFormat format, Consumer<String> sink, Runnable begin) {
        this.format = format;
        this.sink = sink;
        this.begin = begin;
    }

    /// A listener for one test that this process runs as a client. Its end is shown even if the test
    /// never began.
    public TestListener forTest() {
        SnapshotFormat.State state = format.state();
        return new Listener(state == null ? _ -> {} : state.forTest(), true);
    }

    /// A listener for a server and its tests. The end of a test that never began is not shown, for
    /// strangers can make a server have a lot of those; it shows with the next text.
    public ServerListener forServer() {
        SnapshotFormat.State state = format.state();
        return new Server(state == null ? new NoOpServerListener() : state.forServer());
    }

    private final class Listener implements TestListener {
        private final TestListener keeper;
        private final Series series = new Series(format.window(), format.directions());
        private boolean hasBegun;

        Listener(TestListener keeper, boolean hasBegun) {
            this.keeper = keeper;
            this.hasBegun = hasBegun;
        }

        @Override
        public void onEvent(TestEvent event) {
            begin.run();
            keeper.onEvent(event);
            for (MetricsRecord record : series.on(event)) {
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
            // nothing to keep
        }

        @Override
        public TestListener onTest(int testNumber) {
            return _ -> {};
        }
    }
}
