package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.NeedsIperf3;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of TCP test, Pitot at one end and a real iperf3 at the other, in both roles: both
/// write `-J`, and what one end says of the other is what the other says of itself.
@NeedsIperf3
@Timeout(60)
class AgreementTest {
    enum Roles {
        PITOT_IS_CLIENT,
        PITOT_IS_SERVER
    }

    static Stream<Arguments> tests() {
        List<String> options = List.of(
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
                "-t 1 --cport 21678",
                "-t 1 --fq-rate 100M");
        return options.stream().flatMap(option -> Stream.of(Roles.values()).map(roles -> Arguments.of(option, roles)));
    }

    private record Documents(Document client, Document server) {}

    private static Documents run(String options, Roles roles) throws Exception {
        boolean pitotIsClient = roles == Roles.PITOT_IS_CLIENT;
        try (ServerProcess server = pitotIsClient ? Iperf3.server("-1", "-J") : PitotProcess.server("-1", "-J")) {
            String host = options.contains("-6") ? "::1" : "127.0.0.1";
            List<String> args = new ArrayList<>(List.of("-c", host, "-p", String.valueOf(server.port()), "-J"));
            args.addAll(List.of(options.split(" ")));
            String[] client = args.toArray(String[]::new);
            try (ChildProcess started = pitotIsClient ? PitotProcess.start(client) : Iperf3.start(client)) {
                String clientJson = stdout(started);
                String serverJson = stdout(server.process());
                // iperf3 3.12 repeats keys; ours must not.
                return pitotIsClient
                        ? new Documents(Document.strict(clientJson), Document.lenient(serverJson))
                        : new Documents(Document.lenient(clientJson), Document.strict(serverJson));
            }
        }
    }

    private static String stdout(ChildProcess process) throws InterruptedException {
        Exit exit = process.awaitExit();
        assertThat(exit.code()).as(exit.toString()).isZero();
        return exit.stdout();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tests")
    void whatOneEndSaysOfTheOtherIsWhatTheOtherSaysOfItself(String options, Roles roles) throws Exception {
        Documents documents = run(options, roles);
        Document client = documents.client();
        Document server = documents.server();

        boolean isReverse = options.contains("-R");
        String serverSum = isReverse ? "end.sum_sent" : "end.sum_received";
        assertThat(client.number(serverSum + ".bytes")).isEqualTo(server.number(serverSum + ".bytes"));
        assertThat(client.number(serverSum + ".bytes")).isPositive();
        assertThat(client.text("start.cookie")).isEqualTo(server.text("start.cookie"));
        assertThat(client.text("end.cpu_utilization_percent.remote_total"))
                .isEqualTo(server.text("end.cpu_utilization_percent.host_total"));
        assertThat(client.all("start.connected[].local_port")).isEqualTo(server.all("start.connected[].remote_port"));
        for (String key : List.of("num_streams", "blksize", "omit", "duration", "bytes", "blocks", "reverse", "tos")) {
            assertThat(client.text("start.test_start." + key))
                    .as(key)
                    .isEqualTo(server.text("start.test_start." + key));
        }
        if (options.contains("--bidir")) {
            assertThat(client.number("end.sum_sent_bidir_reverse.bytes"))
                    .isEqualTo(server.number("end.sum_sent_bidir_reverse.bytes"));
        }
        if (isReverse) {
            assertThat(client.number("end.sum_sent.retransmits")).isEqualTo(server.number("end.sum_sent.retransmits"));
        }
        // With a warm-up each end leaves out what it moved until its own clock said so.
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
