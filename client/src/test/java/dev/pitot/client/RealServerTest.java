package dev.pitot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.result.Ending;
import dev.pitot.output.json.DocumentReader;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The client against the real iperf3. Row numbers are those of the acceptance table for the
/// client of the DL-7450.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class RealServerTest {
    /// DL-03, DL-04, DL-08: called once, with the document of a default test.
    @Test
    void theDefaultTestGivesTheDocumentOfIperf3() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            List<Map<String, Object>> results = new CopyOnWriteArrayList<>();

            Map<String, Object> result = Await.delivered(new IperfClient("127.0.0.1", server.port()).run(results::add));

            assertThat(results).containsExactly(result);
            assertThat(result).containsOnlyKeys("start", "intervals", "end");
            assertThat(ResultReader.intervalBitsPerSecond(result)).hasSize(10).allMatch(rate -> rate > 0);
            assertThat(at(result, "start", "test_start"))
                    .containsEntry("protocol", "TCP")
                    .containsEntry("num_streams", 1L)
                    .containsEntry("duration", 10L)
                    .containsEntry("reverse", 0L);
            assertThat(at(result, "end", "sum_received").get("bytes")).isInstanceOf(Long.class);
            assertThat(ResultReader.verdict(result, 1).isPass()).isTrue();
        }
    }

    /// DL-04, DL-08: the same keys as the real iperf3 client, except those specific to versions.
    @Test
    void everyKeyOfTheRealClientsDocumentIsThere() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            Map<String, Object> ours = new IperfClient(
                            Configs.lasting(server.port(), Duration.ofSeconds(1)), RunOptions.DEFAULT)
                    .run()
                    .await();
            try (ChildProcess real = Iperf3.client(server.port(), "-t", "1", "-i", "0.1", "-J")) {
                Map<String, Object> theirs =
                        DocumentReader.read(real.awaitExit().stdout());

                assertThat(paths(ours)).containsAll(paths(theirs));
            }
        }
    }

    /// DL-09: the same client again, also from its own callback.
    @Test
    void aClientRunsAgainAfterCompletion() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            var client = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT);
            List<JsonRun> again = new CopyOnWriteArrayList<>();

            Map<String, Object> first = Await.delivered(client.run(_ -> again.add(client.run())));
            Map<String, Object> second = again.getFirst().await();
            Map<String, Object> third = client.run().await();

            assertThat(List.of(first, second, third))
                    .allSatisfy(result -> assertThat(result).doesNotContainKey("error"))
                    .extracting(result -> at(result, "start").get("cookie"))
                    .doesNotHaveDuplicates();
        }
    }

    /// DL+02: intervals are delivered as they end, before the result.
    @Test
    void intervalsAreToldWhileTheTestRuns() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            List<String> calls = new CopyOnWriteArrayList<>();
            var client = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT);

            Map<String, Object> result =
                    Await.delivered(client.run(_ -> calls.add("interval"), _ -> calls.add("result")));

            assertThat(calls).hasSize(ResultReader.intervalBitsPerSecond(result).size() + 1);
            assertThat(calls.indexOf("result")).isEqualTo(calls.size() - 1);
        }
    }

    /// DL-05: a busy server gives an `error` and no intervals. DL+12: unless the test is retried.
    @Test
    void aBusyServerIsAnErrorUnlessItIsAskedAgain() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            var running = new Semaphore(0);
            var first = new IperfClient(Configs.lasting(server.port(), Duration.ofSeconds(20)), RunOptions.DEFAULT);
            try (JsonRun occupant = first.run(_ -> running.release(), _ -> {})) {
                assertThat(running.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

                JsonRun refused = new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT).run();
                Map<String, Object> result = refused.await();
                assertThat(result)
                        .containsEntry("error", "the server is busy running a test. try again later")
                        .containsEntry("intervals", List.of());
                assertThat(refused.ending()).isEqualTo(new Ending.Busy());

                var patient = new Retry(100, Duration.ofMillis(50), Duration.ofMillis(200));
                JsonRun waiting =
                        new IperfClient(Configs.brief(server.port()), RunOptions.DEFAULT.withRetry(patient)).run();
                assertThat(waiting.await(Duration.ofMillis(300))).isNull();
                occupant.cancel("make room");

                assertThat(waiting.await()).doesNotContainKey("error");
                assertThat(waiting.ending()).isEqualTo(new Ending.Completed());
            }
        }
    }

    /// DL+03, DL-05: a cancelled run keeps its intervals.
    @Test
    void aCancelledRunHasAnErrorAndWhatWasMeasured() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            var running = new Semaphore(0);
            var client = new IperfClient(Configs.lasting(server.port(), Duration.ofSeconds(20)), RunOptions.DEFAULT);
            JsonRun run = client.run(_ -> running.release(), _ -> {});
            assertThat(running.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

            run.cancel("seen enough");

            Map<String, Object> result = run.await();
            assertThat(result).containsEntry("error", "interrupt - the client has terminated: seen enough");
            assertThat(ResultReader.intervalBitsPerSecond(result)).isNotEmpty();
            assertThat(ResultReader.totalBitsPerSecond(result)).isEmpty();
            assertThat(ResultReader.verdict(result, 0).isPass()).isFalse();
            assertThat(run.ending()).isEqualTo(new Ending.Cancelled("seen enough"));
        }
    }

    /// DL+03: a deadline.
    @Test
    void aDeadlineEndsARun() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            var client = new IperfClient(
                    Configs.lasting(server.port(), Duration.ofSeconds(20)),
                    RunOptions.DEFAULT.withDeadline(Duration.ofMillis(500)));

            assertThat(client.run().await())
                    .containsEntry("error", "interrupt - the client has terminated: the deadline of PT0.5S has passed");
        }
    }

    /// DL+05: several clients at once.
    @Test
    void clientsRunSideBySide() throws Exception {
        try (ServerProcess one = Iperf3.server();
                ServerProcess other = Iperf3.server()) {
            List<JsonRun> runs = new ArrayList<>();
            for (int port : new int[] {one.port(), other.port()}) {
                runs.add(new IperfClient(Configs.brief(port), RunOptions.DEFAULT).run());
            }
            for (JsonRun run : runs) {
                assertThat(run.await()).doesNotContainKey("error");
            }
        }
    }

    /// DL+11: the result is the rate at the receiver.
    @Test
    void theTotalIsWhatArrived() throws Exception {
        try (ServerProcess server = Iperf3.server()) {
            Map<String, Object> result = new IperfClient(
                            Configs.lasting(server.port(), Duration.ofSeconds(1)), RunOptions.DEFAULT)
                    .run()
                    .await();

            Map<?, ?> received = at(result, "end", "sum_received");
            long bytes = (Long) Objects.requireNonNull(received.get("bytes"));
            double seconds = (Double) Objects.requireNonNull(received.get("seconds"));
            double total = ResultReader.totalBitsPerSecond(result).orElseThrow();
            assertThat(total).isCloseTo(bytes * 8 / seconds, within(total * 1e-4));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> document, String... names) {
        Map<String, Object> here = document;
        for (String name : names) {
            here = (Map<String, Object>) here.getOrDefault(name, Map.of());
        }
        return here;
    }

    private static Set<String> paths(Map<String, Object> document) {
        Set<String> paths = new TreeSet<>();
        addPaths("", document, paths);
        return paths;
    }

    private static void addPaths(String path, Object value, Set<String> paths) {
        paths.add(path);
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> addPaths(path + "." + name, member, paths));
        } else if (value instanceof List<?> values) {
            values.forEach(one -> addPaths(path + "[]", one, paths));
        }
    }
}
