package dev.pitot.examples;

import dev.pitot.client.IperfClient;
import dev.pitot.client.JsonRun;
import dev.pitot.client.ResultReader;
import dev.pitot.client.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// Runs a test and passes its result as a map to a callback: `JsonClient [HOST [PORT]]`. Takes ten
/// seconds, as iperf3's default test does.
public final class JsonClient {
    private static final double THRESHOLD_BITS_PER_SECOND = 50e6;

    private JsonClient() {}

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws InterruptedException {
        var client = new IperfClient(
                args.isEmpty() ? "127.0.0.1" : args.getFirst(), args.size() < 2 ? 5201 : Integer.parseInt(args.get(1)));
        JsonRun run = client.run(result -> show(result, out)); // returns at once
        run.await();
        run.delivered().join(); // its threads are daemons, so the program waits for the callback
    }

    private static void show(Map<String, Object> result, PrintStream out) {
        ResultReader.intervalBitsPerSecond(result).forEach(rate -> out.printf("%.2f kbit/s%n", rate / 1_000));
        switch (ResultReader.verdict(result, THRESHOLD_BITS_PER_SECOND)) {
            case Verdict.Pass(String text) -> out.println("PASS " + text);
            case Verdict.Fail(String text) -> out.println("FAIL " + text);
        }
    }
}
