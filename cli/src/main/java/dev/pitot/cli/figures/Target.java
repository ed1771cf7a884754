package dev.pitot.cli.figures;

import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// One place where live figures go.
sealed interface Target {
    /// A listener for a client's test against a server.
    TestListener ofTest(Endpoint server);

    /// A listener for a server and its tests.
    ServerListener ofServer();

    /// A file with a line for each thing that happens in a test.
    record Lines(LineTarget file, Complaints complaints) implements Target {
        @Override
        public TestListener ofTest(Endpoint server) {
            return complaints.guarded(file.forTest(server));
        }

        @Override
        public ServerListener ofServer() {
            return new OfServer(_ -> {}, _ -> complaints.guarded(file.forTest(null)));
        }
    }

    /// A text that shows the newest state.
    ///
    /// @param live keeps the state; told of each event before the text is shown
    /// @param shown listens to a test and shows the text for each interval or window
    /// @param atEnd shows it after a test
    record Snapshots(LiveMetrics live, Supplier<TestListener> shown, Runnable atEnd, Complaints complaints)
            implements Target {
        @Override
        public TestListener ofTest(Endpoint server) {
            return after(live.forTest(), true);
        }

        @Override
        public ServerListener ofServer() {
            ServerListener keeper = live.forServer();
            return new OfServer(keeper::onServerEvent, number -> after(keeper.onTest(number), false));
        }

        /// @param anyway whether the end is shown even of a test that never began. Strangers can
        ///     make a server have a lot of those; what they change is shown with the next test.
        private TestListener after(TestListener keeper, boolean anyway) {
            TestListener text = shown.get();
            var hasBegun = new AtomicBoolean(anyway);
            return complaints.guarded(event -> {
                keeper.onEvent(event);
                text.onEvent(event);
                if (event instanceof TestEvent.Started) {
                    hasBegun.set(true);
                } else if (event instanceof TestEvent.Finished && hasBegun.get()) {
                    atEnd.run();
                }
            });
        }
    }

    /// A page that Prometheus reads when it likes.
    record Page(LiveMetrics live) implements Target {
        @Override
        public TestListener ofTest(Endpoint server) {
            return live.forTest();
        }

        @Override
        public ServerListener ofServer() {
            return live.forServer();
        }
    }

    /// A server's listener made of two parts.
    record OfServer(Consumer<ServerEvent> events, IntFunction<TestListener> tests) implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            events.accept(event);
        }

        @Override
        public TestListener onTest(int testNumber) {
            return tests.apply(testNumber);
        }
    }
}
