package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Streams stay on the requested processor core (`-A`), and no other thread does.
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class AffinityTest {
    private static ClientConfig client(int port, int core, int serverCore) {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                .metadata(new TestMetadata(null, null, false, null, serverCore))
                .build();
        LocalBinding local = LocalBinding.ANY.with(new HostResources(null, core));
        return new ClientConfig(new Endpoint("127.0.0.1", port), test, local, Timeouts.DEFAULT, ReportInterval.DEFAULT);
    }

    /// Cores on which the kernel may run this process's stream threads.
    private static List<String> coresOfStreams() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.map(AffinityTest::status)
                    .filter(status -> status.startsWith("Name:\tpitot-stream"))
                    .map(status -> status.lines()
                            .filter(line -> line.startsWith("Cpus_allowed_list:"))
                            .map(line -> line.substring(line.indexOf('\t') + 1))
                            .findFirst()
                            .orElseThrow())
                    .toList();
        }
    }

    private static String status(Path thread) {
        try {
            return Files.readString(thread.resolve("status"));
        } catch (IOException _) { // the thread has just ended
            return "";
        }
    }

    @Test
    void streamsOfBothEndsStayWhereTheyWereAskedTo() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = Iperf.client(client(server.port(), 0, 0))
                        .interval(Duration.ofMillis(100))
                        .listener(watcher)
                        .start()) {
            watcher.awaitInterval();

            assertThat(coresOfStreams()).containsExactly("0", "0");
            assertThat(run.await().ending()).isEqualTo(new Ending.Completed());
        }
    }

    @Test
    void aCoreThatTheServerHasNotIsRefusedAtBothEndsWithItsReason() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            Outcome outcome = Iperf.client(client(server.port(), 0, 1_023)).run();

            assertThat(outcome.ending())
                    .isEqualTo(new Ending.Failed(IperfError.SET_AFFINITY, "Invalid argument", true));
        }
    }

    @Test
    void aCoreThatIsNotThereIsRefusedByName() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            Outcome outcome = Iperf.client(client(server.port(), 1_023, 0)).run();

            assertThat(outcome.ending())
                    .isEqualTo(new Ending.Failed(IperfError.SET_AFFINITY, "Invalid argument", false));
        }
    }

    @Test
    void aCoreThatIsNotThereIsRefusedBeforeTheServerIsAsked() throws Exception {
        int closedPort;
        try (Server server = Iperf.server().port(0).start()) {
            closedPort = server.port();
        }
        Outcome outcome = Iperf.client(client(closedPort, 1_023, 0)).run();

        assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.SET_AFFINITY, "Invalid argument", false));
        assertThat(outcome.report().start()).isNull();
    }
}
