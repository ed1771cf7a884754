package dev.pitot.examples;

import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.feed.Feed;
import dev.pitot.engine.feed.Overflow;
import dev.pitot.model.result.Ending;
import dev.pitot.model.sample.Sample;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// Shows each interval of a test while it runs: `LiveClient [HOST [PORT [SECONDS]]]`.
public final class LiveClient {
    private static final double MEGABIT = 1e6;

    private LiveClient() {}

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws InterruptedException {
        ClientBuilder client = Iperf.client(args.isEmpty() ? "127.0.0.1" : args.getFirst())
                .port(args.size() < 2 ? 5201 : Integer.parseInt(args.get(1)))
                .duration(Duration.ofSeconds(args.size() < 3 ? 10 : Integer.parseInt(args.get(2))))
                .interval(Duration.ofMillis(500));
        try (Feed<Sample> feed = Feed.ofSamples(64, Overflow.DROP_OLDEST);
                ClientRun run = client.listener(feed).start()) {
            for (Sample sample : feed) { // until the test ends, for any reason
                out.printf(
                        "%5.1f s %10.1f Mbit/s%n",
                        sample.total().span().endSeconds(), sample.total().bitsPerSecond() / MEGABIT);
            }
            Ending ending = run.await().ending();
            out.println(ending.isCompleted() ? "done" : "the test ended early: " + ending.text());
        }
    }
}
