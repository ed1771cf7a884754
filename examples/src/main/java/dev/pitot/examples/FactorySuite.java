package dev.pitot.examples;

import dev.pitot.client.IperfClient;
import dev.pitot.client.ResultReader;
import dev.pitot.client.RunOptions;
import dev.pitot.client.Verdict;
import dev.pitot.engine.Iperf;
import dev.pitot.model.config.ClientConfig;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// Test suites of a production line, run in sequence, case by case. The first failure aborts the rest:
/// `FactorySuite [HOST [PORT [MEGABIT]]]`. Exits with 0 if all passed, else with 1.
public final class FactorySuite {
    /// Progress of a case.
    enum State {
        STARTED,
        SUCCESS,
        FAILED,
        ABORTED
    }

    /// Check that a case runs.
    interface Check {
        Verdict verdict() throws InterruptedException;
    }

    record Case(String name, Check check) {}

    record Suite(String name, List<Case> cases) {}

    private final PrintStream out;
    private boolean failed;

    private FactorySuite(PrintStream out) {
        this.out = out;
    }

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(List.of(args), System.out));
    }

    /// Returns the exit code.
    static int run(List<String> args, PrintStream out) throws InterruptedException {
        String host = args.isEmpty() ? "127.0.0.1" : args.getFirst();
        int port = args.size() < 2 ? 5201 : Integer.parseInt(args.get(1));
        double threshold = (args.size() < 3 ? 50 : Double.parseDouble(args.get(2))) * 1e6;
        return carryOut(
                List.of(
                        new Suite("settings", List.of(new Case("port", () -> port(port)))),
                        new Suite(
                                "bandwidth",
                                List.of(
                                        new Case("up", () -> bandwidth(host, port, threshold)),
                                        new Case("again", () -> bandwidth(host, port, threshold))))),
                out);
    }

    static int carryOut(List<Suite> suites, PrintStream out) throws InterruptedException {
        var factory = new FactorySuite(out);
        for (Suite suite : suites) {
            for (Case one : suite.cases()) {
                factory.carryOut(suite, one);
            }
        }
        out.println(factory.failed ? "Failure" : "Success");
        return factory.failed ? 1 : 0;
    }

    private void carryOut(Suite suite, Case one) throws InterruptedException {
        if (failed) {
            show(suite, one, State.ABORTED, "");
            return;
        }
        show(suite, one, State.STARTED, "");
        switch (one.check().verdict()) {
            case Verdict.Pass(String text) -> show(suite, one, State.SUCCESS, text);
            case Verdict.Fail(String text) -> {
                failed = true;
                show(suite, one, State.FAILED, text);
            }
        }
    }

    private void show(Suite suite, Case one, State state, String text) {
        out.println((suite.name() + "/" + one.name() + " " + state + " " + text).strip());
    }

    private static Verdict port(int port) {
        return port > 0 ? new Verdict.Pass("port " + port) : new Verdict.Fail("no port");
    }

    private static Verdict bandwidth(String host, int port, double threshold) throws InterruptedException {
        ClientConfig config =
                Iperf.client(host).port(port).duration(Duration.ofSeconds(1)).config();
        var options = RunOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));
        return ResultReader.verdict(new IperfClient(config, options).run().await(), threshold);
    }
}
