package dev.pitot.cli.figures;

import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// One place where live figures go.
sealed interface Target {
    /// A listener for a client's test.
    TestListener ofTest();

    /// A listener for a server and its tests.
    ServerListener ofServer();

    /// A file with a line for each thing that happens in a test.
    record Lines(LineTarget file, Complaints complaints) implements Target {
        @Override
        public TestListener ofTest() {
            return complaints.guarded(file.forTest());
        }

        @Override
        public ServerListener ofServer() {
            return new OfServer(_ -> {}, _ -> ofTest());
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
        public TestListener ofTest() {
            return after(live.forTest());
        }

        @Override
        public ServerListener ofServer() {
            ServerListener keeper = live.forServer();
            return new OfServer(keeper::onServerEvent, number -> after(keeper.onTest(number)));
        }

        private TestListener after(TestListener keeper) {
            TestListener text = shown.get();
            return complaints.guarded(event -> {
                keeper.onEvent(event);
                text.onEvent(event);
                if (event instanceof TestEvent.Finished) {
                    atEnd.run();
                }
            });
        }
    }

    /// A page that Prometheus reads when it likes.
    record Page(LiveMetrics live) implements Target {
        @Override
        public TestListener ofTest() {
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
