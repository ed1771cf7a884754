package dev.pitot.checks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.checks.program.Document;
import dev.pitot.checks.program.Program;
import dev.pitot.model.result.Grade;
import dev.pitot.testkit.Bottleneck;
import dev.pitot.testkit.Bottleneck.Shaper;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.NamespacePath;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.QueueHistory;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pitot's round trips idle and under load are those of a queue whose bytes the kernel counts at the same
/// time. `bench/Latency.java` has more rates, buffers and loads, and shows that the queue is the truth.
///
/// The buffers are so long that a sender that has no processor for a moment does not empty them; and if it
/// does, the queue is measured as it was.
@Needs({Tool.IPERF3, Tool.NAMESPACES, Tool.PING})
@Timeout(120)
@Tag("slow")
class LatencyAccuracyTest {
    private static final int PORT = 5201;
    private static final int SECONDS = 7;
    private static final long CUT_NANOS = 1_400_000_000; // a fifth, which Pitot leaves out of so short a test
    private static final double MICROS = 1000;
    private static final double FLOOR_TOLERANCE_MILLIS = 0.2;
    private static final double TOLERANCE_MILLIS = 2; // more than a packet at 10 Mbit/s, which an ACK may wait for
    private static final double RELATIVE_TOLERANCE = 0.05;
    private static final Pattern PING = Pattern.compile("time=([0-9.]+) ms");

    @ParameterizedTest
    @CsvSource({"IPERF3, TBF, 10, 130, C", "PITOT, HTB, 20, 45, B"})
    @Execution(ExecutionMode.CONCURRENT)
    void roundTripsAreTheQueues(Program server, Shaper shaper, int megabits, int buffer, String grade)
            throws Exception {
        var line = new Bottleneck(shaper, megabits * 1_000_000L, Duration.ofMillis(buffer));
        try (var path = NamespacePath.create()) {
            path.slow(NamespaceSide.SERVER, line);
            double ping = lowestPing(path);
            try (var serving = path.server(PORT, server.command(List.of("-s", "-1")));
                    var queue = path.queue(NamespaceSide.SERVER);
                    var client = path.start(NamespaceSide.CLIENT, client(path))) {
                Document report = document(client);
                QueueHistory loaded = queue.history().loaded().after(CUT_NANOS);

                assertThat(millis(report, "idle_us")).isCloseTo(ping, within(FLOOR_TOLERANCE_MILLIS));
                double median = millis(line, loaded.backlog(0.5));
                assertThat(millis(report, "directions[0].loaded[0].p50_us") - ping)
                        .isCloseTo(median, within(tolerance(median)));
                double high = millis(line, loaded.backlog(0.95));
                assertThat(report.textAt("end.pitot.latency.directions[0].grade"))
                        .isIn(grade(high - tolerance(high)), grade(high + tolerance(high)))
                        .isEqualTo(grade);
                assertThat(serving.process().awaitExit().code()).isZero();
            }
        }
    }

    private static List<String> client(NamespacePath path) {
        return Program.PITOT.command(List.of(
                "-c", path.address(NamespaceSide.SERVER), "-C", "cubic", "-t", Integer.toString(SECONDS), "-J"));
    }

    private static Document document(ChildProcess client) throws IOException, InterruptedException {
        Exit exit = client.awaitExit();
        assertThat(exit.code()).as(exit.toString()).isZero();
        return Document.lenient(exit.stdout());
    }

    private static double lowestPing(NamespacePath path) throws IOException, InterruptedException {
        List<String> command = List.of("ping", "-n", "-i", "0.02", "-c", "20", path.address(NamespaceSide.SERVER));
        try (ChildProcess ping = path.start(NamespaceSide.CLIENT, command)) {
            return PING.matcher(ping.awaitExit().stdout())
                    .results()
                    .mapToDouble(found -> Double.parseDouble(found.group(1)))
                    .min()
                    .orElseThrow();
        }
    }

    private static double millis(Document report, String place) {
        return report.decimalAt("end.pitot.latency." + place) / MICROS;
    }

    private static double millis(Bottleneck line, long bytes) {
        return line.delayOf(bytes).toNanos() / MICROS / MICROS;
    }

    private static String grade(double millis) {
        return Grade.ofRise(millis * MICROS).text();
    }

    private static double tolerance(double millis) {
        return Math.max(TOLERANCE_MILLIS, RELATIVE_TOLERANCE * millis);
    }
}
