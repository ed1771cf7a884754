package dev.pitot.examples;

import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Iperf;
import dev.pitot.model.result.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Runs tests against several servers at once, in one process: `ParallelClients HOST:PORT...`.
public final class ParallelClients {
    private static final double MEGABIT = 1e6;

    private ParallelClients() {}

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        run(List.of(args), System.out);
    }

    static void run(List<String> endpoints, PrintStream out) throws InterruptedException {
        List<ClientRun> runs = new ArrayList<>();
        try {
            for (String endpoint : endpoints) {
                int colon = endpoint.lastIndexOf(':');
                runs.add(Iperf.client(endpoint.substring(0, colon))
                        .port(Integer.parseInt(endpoint.substring(colon + 1)))
                        .duration(Duration.ofSeconds(1))
                        .start()); // returns at once
            }
            for (int i = 0; i < runs.size(); i++) {
                Outcome outcome = runs.get(i).await();
                OptionalDouble rate = outcome.bitsPerSecond();
                out.println(endpoints.get(i) + " "
                        + (rate.isEmpty()
                                ? "failed: " + outcome.ending().text()
                                : String.format("%.1f Mbit/s", rate.getAsDouble() / MEGABIT)));
            }
        } finally {
            runs.forEach(ClientRun::close); // cancels tests that still run
        }
    }
}
