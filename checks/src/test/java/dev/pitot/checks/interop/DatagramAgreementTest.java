package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.checks.interop.Agreement.Roles;
import dev.pitot.checks.program.Document;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of UDP test, Pitot at one end and a real iperf3 at the other, in both roles: both print
/// `-J`, and each end's values about the other equal the other's own.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class DatagramAgreementTest {
    static Stream<Arguments> tests() {
        return Agreement.inBothRoles(
                "-u -t 1",
                "-u -t 1 -b 20M -l 1400",
                "-u -t 1 -b 20M -l 1400 -R",
                "-u -t 1 -b 20M -l 1400 --bidir",
                "-u -t 1 -b 5M -l 1400 -P 4",
                "-u -t 1 -b 5M -l 1400 -P 2 -R",
                "-u -t 1 -b 5M -l 1400 -P 2 --bidir",
                "-u -t 1 -b 0 -l 8000",
                "-u -n 1M -b 50M -l 1400",
                "-u -n 1M -b 50M -l 1400 -R",
                "-u -k 500 -b 50M -l 1400",
                "-u -k 500 -b 50M -l 1400 -P 3",
                "-u -t 1 -O 1 -b 20M -l 1400",
                "-u -t 1 -O 1 -b 20M -l 1400 -R",
                "-u -t 1 -b 20M/10 -l 1400",
                "-u -t 1 -b 20M -l 1400 -i 0.3",
                "-u -t 1 -b 20M -l 1400 -i 0",
                "-u -t 1 -b 20M -l 1400 -6",
                "-u -t 1 -b 20M -l 1400 --udp-counters-64bit",
                "-u -t 1 -b 20M -l 1400 --udp-counters-64bit -R",
                "-u -t 1 -b 20M -l 1400 --repeating-payload --dont-fragment -w 256K -S 0x20",
                "-u -t 1 -b 20M -l 16 --pacing-timer 500",
                "-u -t 1 -b 20M -l 1400 -T title --extra-data extra --get-server-output",
                "-u -t 1 -b 20M -l 1400 --cport CPORT");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tests")
    @Execution(ExecutionMode.CONCURRENT)
    void whatOneEndSaysOfTheOtherIsWhatTheOtherSaysOfItself(String options, Roles roles) throws Exception {
        Agreement agreement = Agreement.of(options, roles);
        Document client = agreement.client();
        Document server = agreement.server();

        agreement.check(options);
        agreement.checkSeconds(options);
        for (int i = 0; i < client.all("end.streams[].udp.socket").size(); i++) {
            String stream = "end.streams[" + i + "].udp.";
            assertThat(client.decimalAt(stream + "jitter_ms"))
                    .isCloseTo(
                            server.textAt(stream + "sender").equals("true")
                                    ? client.decimalAt(stream + "jitter_ms")
                                    : server.decimalAt(stream + "jitter_ms"),
                            within(1e-9));
            // iperf3 3.12 does not report which part was warm-up.
            if (!options.contains("-O")) {
                checkCounts(agreement, stream);
            }
        }
        if (roles == Roles.PITOT_IS_CLIENT && options.startsWith("-u -k 500")) {
            assertThat(client.number("end.sum.packets")).isEqualTo(500);
        }
    }

    /// The receiver knows exactly the number of received datagrams. An end that also knows the number
    /// sent counts the last lost ones, too.
    private static void checkCounts(Agreement agreement, String stream) {
        Document client = agreement.client();
        Document server = agreement.server();
        if (server.textAt(stream + "sender").equals("true")) {
            assertThat(client.numberAt(stream + "packets")).isEqualTo(server.numberAt(stream + "packets"));
            assertThat(client.numberAt(stream + "bytes")).isEqualTo(server.numberAt(stream + "bytes"));
        } else {
            assertThat(client.numberAt(stream + "packets") - client.numberAt(stream + "lost_packets"))
                    .isEqualTo(server.numberAt(stream + "packets") - server.numberAt(stream + "lost_packets"));
        }
    }
}
