package dev.pitot.client;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.ListenerStatus;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.json.DocumentReader;
import dev.pitot.output.json.JsonReporter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt to run a test, with its JSON document.
///
/// @param document the document; empty if none was written
/// @param ending ending of the test
/// @param failure reason why there is no document; null if there is one
record TestAttempt(
        Map<String, Object> document,
        Ending ending,
        @Nullable Throwable failure) {
    /// Runs a test.
    ///
    /// @param intervals called with each interval as it ends; must not throw
    /// @param stop cancels the test when it is completed, with its reason
    /// @throws IllegalStateException if the engine failed
    /// @throws IllegalArgumentException if the sockets do not support an option of the test
    static TestAttempt make(
            ClientBuilder client, Consumer<Interval> intervals, CompletableFuture<@Nullable String> stop)
            throws InterruptedException {
        var written = new AtomicReference<@Nullable String>();
        var reporter = new JsonReporter(TestRole.CLIENT, ClientProgram.program(), written::set, _ -> {});
        ClientBuilder heard = client.listener(reporter).listener(event -> {
            if (event instanceof TestEvent.IntervalDone(Interval interval)) {
                intervals.accept(interval);
            }
        });
        try (ClientRun run = heard.start()) {
            var _ = stop.thenAccept(run::cancel); // cancelling throws nothing
            Ending ending = run.await().ending();
            ListenerStatus report =
                    run.listenerStatuses().get(run.listenerStatuses().size() - 2);
            report.await(); // it only writes to memory
            String text = written.get();
            return text == null
                    ? new TestAttempt(Map.of(), ending, report.failure())
                    : new TestAttempt(DocumentReader.read(text), ending, null);
        }
    }
}
