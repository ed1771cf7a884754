package dev.pitot.examples;

import dev.pitot.engine.Iperf;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// A custom listener that prints every event: `OwnListener [HOST [PORT]]`.
public final class OwnListener implements TestListener {
    private final PrintStream out;

    private OwnListener(PrintStream out) {
        this.out = out;
    }

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws InterruptedException {
        Iperf.client(args.isEmpty() ? "127.0.0.1" : args.getFirst())
                .port(args.size() < 2 ? 5201 : Integer.parseInt(args.get(1)))
                .duration(Duration.ofSeconds(1))
                .interval(Duration.ofMillis(200))
                .listener(new OwnListener(out))
                .run();
    }

    /// Called on a separate thread, one event after the other, so it may block. A later version
    /// may report kinds of events that this program does not know: they are left to `default`.
    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed agreed ->
                out.println("agreed: " + agreed.start().config().protocol());
            case TestEvent.StreamsConnected connected ->
                out.println("connected: " + connected.streams().size());
            case TestEvent.Started started -> out.println("started: " + started.time());
            case TestEvent.IntervalDone done ->
                done.interval().sums().forEach(sum -> out.println(sum.role() + ": " + sum.bitsPerSecond() + " bit/s"));
            case TestEvent.SummaryReady _ -> out.println("summary");
            case TestEvent.Note note -> out.println("note: " + note.text());
            case TestEvent.Finished finished ->
                out.println("finished: " + finished.outcome().ending().text());
            default -> {}
        }
    }
}
