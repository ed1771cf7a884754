package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.interop.Agreement.Roles;
import dev.pitot.checks.program.Document;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of TCP test, Pitot at one end and a real iperf3 at the other, in both roles: both print
/// `-J`, and each end's values about the other equal the other's own.
@Needs(Tool.IPERF3)
@Timeout(180)
@Tag("slow")
class AgreementTest {
    static Stream<Arguments> tests() {
        return Agreement.inBothRoles(
                "-t 1",
                "-t 1 -R",
                "-t 1 --bidir",
                "-t 1 -P 4",
                "-t 1 -P 2 -R",
                "-t 1 -P 2 --bidir",
                "-n 20M",
                "-n 20M -R",
                "-k 100",
                "-k 100 -l 1000 -P 3",
                "-t 1 -O 1",
                "-t 1 -O 1 -R",
                "-t 1 -b 50M",
                "-t 1 -b 50M/5 -R",
                "-t 1 -i 0.3",
                "-t 1 -i 0",
                "-t 1 -6",
                "-t 1 -N -M 1200 -w 256K -l 64K -S 0x20 -C cubic -Z",
                "-t 1 -Z -R",
                "-t 1 --dscp ef",
                "-t 1 -T title --extra-data extra",
                "-t 1 --get-server-output",
                "-t 1 --cport CPORT",
                "-t 1 --fq-rate 100M");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tests")
    void whatOneEndSaysOfTheOtherIsWhatTheOtherSaysOfItself(String options, Roles roles) throws Exception {
        Agreement agreement = Agreement.of(options, roles);
        Document client = agreement.client();
        Document server = agreement.server();

        agreement.check(options);
        agreement.checkSeconds(options);
        if (options.contains("-R")) {
            assertThat(client.number("end.sum_sent.retransmits")).isEqualTo(server.number("end.sum_sent.retransmits"));
        }
        // With a warm-up each end omits the bytes that it moved until its own clock ended the warm-up.
        if (!options.contains("-O")) {
            assertThat(client.number("end.sum_received.bytes"))
                    .isLessThanOrEqualTo(client.number("end.sum_sent.bytes"));
        }
        if (roles == Roles.PITOT_IS_CLIENT && options.equals("-n 20M")) {
            assertThat(client.number("end.sum_sent.bytes")).isEqualTo(20 * 1024 * 1024);
            assertThat(client.number("end.sum_received.bytes")).isEqualTo(20 * 1024 * 1024);
        }
    }
}
