package dev.pitot.examples;

import dev.pitot.engine.Iperf;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestStart;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
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

    /// Called on a separate thread, one event after the other, so it may block. There is no `default`:
    /// a new kind of event breaks the build until it is handled.
    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(TestStart start) ->
                out.println("agreed: " + start.config().protocol());
            case TestEvent.StreamsConnected connected ->
                out.println("connected: " + connected.streams().size());
            case TestEvent.Started(Instant time) -> out.println("started: " + time);
            case TestEvent.IntervalDone(Interval interval) ->
                interval.sums().forEach(sum -> out.println(sum.role() + ": " + sum.bitsPerSecond() + " bit/s"));
            case TestEvent.SummaryReady _ -> out.println("summary");
            case TestEvent.Note note -> out.println("note: " + note.text());
            case TestEvent.Finished(Outcome outcome) ->
                out.println("finished: " + outcome.ending().text());
        }
    }
}
