package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pitot as the server of real iperf3 clients.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class StockClientTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"--interval=0.5", "--reverse", "--bidir", "--parallel=4", "--omit=1", "--get-server-output"})
    void everyKindOfTestComesToItsEnd(String option) throws Exception {
        try (var server = PitotProcess.server("-1");
                var client = Iperf3.client(server.port(), "-t", "1", option)) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(exit.stdout()).contains("sender", "receiver", "iperf Done.");
            assertThat(server.process().awaitExit().code()).isZero();
        }
    }

    @Test
    void servesClientsSideBySide() throws Exception {
        try (var server = PitotProcess.server();
                var first = Iperf3.client(server.port(), "-t", "2");
                var second = Iperf3.client(server.port(), "-t", "2", "-R")) {
            assertThat(first.awaitExit().stdout()).contains("iperf Done.");
            assertThat(second.awaitExit().stdout()).contains("iperf Done.");
        }
    }

    @Test
    void servesTheNextClientAfterOneThatWasKilled() throws Exception {
        try (var server = PitotProcess.server()) {
            try (var killed = Iperf3.client(server.port(), "-t", "60", "-i", "0.2", "--forceflush")) {
                killed.awaitStdout("sec");
                killed.send(Signal.KILL);
            }

            try (var next = Iperf3.client(server.port(), "-n", "1M")) {
                assertThat(next.awaitExit().stdout()).contains("iperf Done.");
            }
        }
    }

    @Test
    void countsWhatTheClientCounts() throws Exception {
        try (var server = PitotProcess.server("-1", "-J");
                var client = Iperf3.client(server.port(), "-n", "8M", "-J")) {
            long sent = Figures.bytes(client.awaitExit().stdout(), "sum_sent");
            Exit exit = server.process().awaitExit();

            assertThat(Figures.bytes(exit.stdout(), "sum_received")).isEqualTo(sent);
        }
    }
}
