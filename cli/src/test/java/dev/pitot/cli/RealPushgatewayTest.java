package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.MetricsPage;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.PushgatewayProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Processes that push to the real Pushgateway.
@Needs(Tool.PUSHGATEWAY)
@Timeout(180)
@Tag("slow")
class RealPushgatewayTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static @Nullable PushgatewayProcess running;

    @BeforeAll
    static void start() throws Exception {
        running = PushgatewayProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static PushgatewayProcess gateway() {
        return Objects.requireNonNull(running);
    }

    private static String[] pushing(String job, String... more) {
        return Stream.concat(
                        Stream.of("-i", "0.2", "--push.url", gateway().address(), "--push.job", job), Stream.of(more))
                .toArray(String[]::new);
    }

    private static boolean shows(MetricsPage page, String job) {
        return page.beginning("pitot_").stream().anyMatch(line -> line.contains("job=\"" + job + "\""));
    }

    private static boolean showsRunning(MetricsPage page, String job) {
        return page.beginning("pitot_throughput_bytes_per_second{").stream()
                .anyMatch(line -> line.contains("job=\"" + job + "\""));
    }

    @ParameterizedTest
    @EnumSource(names = {"INT", "TERM"})
    @DisabledOnOs(OS.WINDOWS)
    void bothEndsAreSeenWhileATestRunsAndGoneAfterASignal(Signal signal) throws Exception {
        String serverJob = "server-" + signal;
        String clientJob = "client-" + signal;
        try (ServerProcess server = PitotProcess.server(pushing(serverJob, "--push.delete-on-exit"));
                ChildProcess client = PitotProcess.client(
                        server.port(), pushing(clientJob, "--push.delete-on-exit", "-t", "0", "-b", "8M"))) {
            MetricsPage.await(gateway().port(), page -> showsRunning(page, serverJob) && showsRunning(page, clientJob));

            client.send(signal);
            assertThat(client.awaitExit().code()).isZero();
            MetricsPage between = MetricsPage.read(gateway().port());
            server.process().send(signal);
            assertThat(server.process().awaitExit().code()).isZero();

            assertThat(shows(between, clientJob)).isFalse();
            assertThat(shows(between, serverJob)).isTrue();
            assertThat(shows(MetricsPage.read(gateway().port()), serverJob)).isFalse();
            assertThat(client.stderr()).doesNotContain("Pushgateway");
            assertThat(server.process().stderr()).doesNotContain("Pushgateway");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aServerThatIsTerminatedAmidATestTakesItsGroupAway() throws Exception {
        try (ServerProcess server = PitotProcess.server(pushing("amid", "--push.delete-on-exit"));
                ChildProcess client = PitotProcess.client(server.port(), "-t", "0", "-b", "8M")) {
            MetricsPage.await(gateway().port(), page -> showsRunning(page, "amid"));

            server.process().send(Signal.TERM);

            assertThat(server.process().awaitExit().code()).isZero();
            assertThat(shows(MetricsPage.read(gateway().port()), "amid")).isFalse();
            assertThat(server.process().stderr()).doesNotContain("Pushgateway");
            assertThat(client.awaitExit().stderr()).contains("the server has terminated");
        }
    }

    @Test
    void aGroupStaysUnlessItShallGoAtANormalEnd() throws Exception {
        try (ServerProcess server = PitotProcess.server(pushing("staying", "-1"));
                ChildProcess client = PitotProcess.client(
                        server.port(), pushing("going", "--push.delete-on-exit", "-n", "256K", "-b", "4M"))) {
            assertThat(client.awaitExit().code()).isZero();
            assertThat(server.process().awaitExit().code()).isZero();

            MetricsPage after = MetricsPage.read(gateway().port());

            assertThat(shows(after, "going")).isFalse();
            assertThat(after.beginning("pitot_tests_total{"))
                    .filteredOn(line -> !line.endsWith(" 0"))
                    .singleElement()
                    .asString()
                    .contains("job=\"staying\"")
                    .contains("outcome=\"completed\"")
                    .endsWith(" 1");
        }
    }
}
