package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.FreePort;
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

/// Pitot as the client of a real iperf3 server.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class StockServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"--interval=0.5", "--reverse", "--bidir", "--parallel=4", "--omit=1", "--get-server-output"})
    void everyKindOfTestComesToItsEnd(String option) throws Exception {
        try (var server = Iperf3.server("-1");
                var client = PitotProcess.client(server.port(), "-t", "1", option)) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(exit.stdout()).contains("sender", "receiver", "iperf Done.");
            assertThat(server.process().awaitExit().code()).isZero();
        }
    }

    @Test
    void sendsExactlyTheBytesThatWereAskedFor() throws Exception {
        try (var server = Iperf3.server("-1", "-J");
                var client = PitotProcess.client(server.port(), "-n", "8M", "-J")) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(Figures.bytes(exit.stdout(), "sum_sent")).isEqualTo(8 * 1024 * 1024);
            assertThat(Figures.bytes(exit.stdout(), "sum_received")).isEqualTo(8 * 1024 * 1024);
        }
    }

    @Test
    void anInterruptedClientReportsWhatItHasAndTellsTheServer() throws Exception {
        try (var server = Iperf3.server("-1");
                var client = PitotProcess.client(server.port(), "-t", "60", "-i", "0.2")) {
            client.awaitStdout("sec");

            client.send(Signal.INT);

            Exit exit = client.awaitExit();
            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(exit.stdout()).contains("sender");
            assertThat(exit.stdout() + exit.stderr()).contains("the client has terminated");
            assertThat(server.process().awaitExit().stderr()).contains("the client has terminated");
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailureWithTheReason() throws Exception {
        try (var client = PitotProcess.client(FreePort.find())) {
            Exit exit = client.awaitExit();

            assertThat(exit.code()).isEqualTo(1);
            assertThat(exit.stderr()).contains("unable to connect to server", "Connection refused");
        }
    }
}
