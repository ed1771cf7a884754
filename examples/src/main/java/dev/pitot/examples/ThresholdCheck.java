package dev.pitot.examples;

import dev.pitot.engine.Iperf;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Total;
import dev.pitot.model.unit.Bitrate;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Checks the paths to several servers with UDP, one after the other:
///
/// ```
/// ThresholdCheck [--bitrate RATE] [--seconds N] [--min-bandwidth-bps N] [--max-loss-percent
/// X] HOST:PORT...
/// ```
///
/// Prints a line for each and a summary. Exits with 0 if all passed, else with 1. Loss is computed from
/// both ends' counters after the test; if it is unknown, the check fails.
public final class ThresholdCheck {
    private final List<String> endpoints = new ArrayList<>();
    private Bitrate bitrate = Bitrate.ofMegabits(1);
    private int seconds = 3;
    private double minBandwidth = 500_000;
    private double maxLossPercent = 1;

    private ThresholdCheck(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--bitrate" -> bitrate = Bitrate.parse(args.get(++i));
                case "--seconds" -> seconds = Integer.parseInt(args.get(++i));
                case "--min-bandwidth-bps" -> minBandwidth = Double.parseDouble(args.get(++i));
                case "--max-loss-percent" -> maxLossPercent = Double.parseDouble(args.get(++i));
                default -> endpoints.add(args.get(i));
            }
        }
    }

    /// Runs the program.
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(List.of(args), System.out));
    }

    /// Returns the exit code.
    static int run(List<String> args, PrintStream out) throws InterruptedException {
        var check = new ThresholdCheck(args);
        if (check.endpoints.isEmpty()) {
            out.println("give at least one server: [--bitrate RATE] [--seconds N] [--min-bandwidth-bps N]"
                    + " [--max-loss-percent N] HOST:PORT ...");
            return 1;
        }
        int failed = 0;
        for (String endpoint : check.endpoints) {
            Line line = check.check(endpoint);
            out.println(line.text());
            failed += line.passed() ? 0 : 1;
        }
        out.println("summary checked=" + check.endpoints.size() + " failed=" + failed);
        return failed == 0 ? 0 : 1;
    }

    private Line check(String endpoint) throws InterruptedException {
        int colon = endpoint.lastIndexOf(':');
        Outcome outcome = Iperf.client(endpoint.substring(0, colon))
                .port(Integer.parseInt(endpoint.substring(colon + 1)))
                .udp()
                .bitrate(bitrate)
                .duration(Duration.ofSeconds(seconds))
                .run();
        if (!outcome.ending().isCompleted()) {
            return Line.failed(endpoint, outcome.ending().text());
        }
        Total received = outcome.received();
        Datagrams datagrams = received == null ? null : received.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        if (received == null || datagrams == null || reception == null || reception.lost() == null) {
            return Line.failed(endpoint, "the server did not report its losses");
        }
        double percent = datagrams.packets() == 0 ? 100 : outcome.lostPercent().orElseThrow();
        boolean passes = received.bitsPerSecond() >= minBandwidth && percent <= maxLossPercent;
        String figures = String.format(
                Locale.ROOT,
                "bandwidth_bps=%.0f loss_percent=%.3f packets=%d lost_packets=%d",
                received.bitsPerSecond(),
                percent,
                datagrams.packets(),
                reception.lost());
        return new Line(passes, (passes ? "PASS" : "FAIL") + " endpoint=" + endpoint + " " + figures);
    }

    private record Line(boolean passed, String text) {
        static Line failed(String endpoint, String reason) {
            return new Line(false, "FAIL endpoint=" + endpoint + " reason=\"" + reason + "\"");
        }
    }
}
