package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// DL-10: the two sample programs of the DL-7450, translated to Java line by line.
@Needs(Tool.IPERF3)
@Timeout(180)
class SampleProgramsTest {
    /// `samples/iperf`: a flag that prevents a second run, each interval and the average in kbit/s,
    /// the beginning of the error.
    private static final class ClientRunner {
        private final List<String> lines = new ArrayList<>();
        private final CompletableFuture<List<String>> shown = new CompletableFuture<>();
        private final IperfClient client;
        private volatile boolean running;

        ClientRunner(IperfClient client) {
            this.client = client;
        }

        void run() {
            if (running) {
                throw new IllegalStateException("Test already running");
            }
            running = true;
            lines.add("Running iperf test...");
            client.run(this::onComplete);
        }

        private void onComplete(Map<String, Object> result) {
            running = false;
            List<Double> rates = new ArrayList<>();
            for (Object interval : (List<?>) result.getOrDefault("intervals", List.of())) {
                rates.add(bitsPerSecond(interval));
            }
            rates.forEach(rate -> lines.add(String.format(Locale.ROOT, "%.2f kbit/s", rate / 1_000)));
            double average = rates.isEmpty()
                    ? 0
                    : rates.stream().mapToDouble(rate -> rate).sum() / rates.size();
            lines.add(String.format(Locale.ROOT, "Average: %.2f kbit/s", average / 1_000));
            if (result.containsKey("error")) {
                String error = (String) result.get("error");
                lines.add(error.substring(0, Math.min(60, error.length())));
            }
            shown.complete(List.copyOf(lines));
        }
    }

    /// `samples/factory`: fails without intervals, passes at 50 Mbit/s.
    private static final class Factory {
        private static final double BITRATE_THRESHOLD_MB = 50;

        record Result(boolean passed, @Nullable String text) {}

        static Result judge(Map<String, Object> result) {
            if (!(result.get("intervals") instanceof List<?> intervals) || intervals.isEmpty()) {
                return new Result(false, null);
            }
            double average = intervals.stream()
                            .mapToDouble(SampleProgramsTest::bitsPerSecond)
                            .average()
                            .orElse(0)
                    / 1_000
                    / 1_000;
            String text = String.format(Locale.ROOT, "Average: %.2f Mbps", average);
            return new Result(average >= BITRATE_THRESHOLD_MB, text);
        }
    }

    /// Returns `interval["sum"]["bits_per_second"]`.
    private static double bitsPerSecond(Object interval) {
        var sum = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) interval).get("sum"));
        return ((Number) Objects.requireNonNull(sum.get("bits_per_second"))).doubleValue();
    }

    @Test
    void theRunnerShowsEachIntervalAndTheAverage() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            var runner = new ClientRunner(new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT));

            runner.run();

            List<String> lines = Await.result(runner.shown);
            assertThat(lines).hasSizeBetween(3, 6); // a busy host skips intervals
            assertThat(lines.getFirst()).isEqualTo("Running iperf test...");
            assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.matches("\\d+\\.\\d\\d kbit/s"));
            assertThat(lines.getLast()).matches("Average: \\d+\\.\\d\\d kbit/s");
        }
    }

    @Test
    void theRunnerShowsTheBeginningOfAnError() throws Exception {
        var runner = new ClientRunner(new IperfClient("127.0.0.1", FreePort.find()));

        runner.run();

        assertThat(Await.result(runner.shown))
                .containsExactly(
                        "Running iperf test...",
                        "Average: 0.00 kbit/s",
                        "unable to connect to server - server may have stopped runnin");
    }

    @Test
    void theFactoryPassesAFastLink() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            Map<String, Object> result = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT)
                    .run()
                    .await();

            assertThat(Factory.judge(result).passed()).isTrue();
            assertThat(Factory.judge(result).text()).matches("Average: \\d+\\.\\d\\d Mbps");
            assertThat(ResultReader.verdict(result, 50e6)).isInstanceOf(Verdict.Pass.class);
        }
    }

    @Test
    void theFactoryFailsWithoutAServerAndWithoutADocument() throws Exception {
        Map<String, Object> refused =
                new IperfClient("127.0.0.1", FreePort.find()).run().await();

        assertThat(Factory.judge(refused)).isEqualTo(new Factory.Result(false, null));
        assertThat(Factory.judge(Map.of())).isEqualTo(new Factory.Result(false, null));
    }
}
