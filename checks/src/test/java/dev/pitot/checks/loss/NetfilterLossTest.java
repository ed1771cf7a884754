package dev.pitot.checks.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.checks.program.Program;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.NamespacePair;
import dev.pitot.testkit.NamespacePair.Drops;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pitot reports as lost the datagrams that the kernel's packet filter dropped, in a separate network
/// namespace. The filter counts all streams of a direction together, so it may also drop the last
/// datagram of one.
@Needs({Tool.IPERF3, Tool.NAMESPACES})
@Timeout(180)
@Tag("slow")
class NetfilterLossTest {
    private static final int PORT = 5201;

    @ParameterizedTest
    @CsvSource({
        "PITOT, PITOT, ''",
        "PITOT, PITOT, -P 4",
        "PITOT, PITOT, -R",
        "PITOT, PITOT, -R -P 4",
        "PITOT, PITOT, --bidir",
        "PITOT, PITOT, --bidir -P 4 --udp-counters-64bit",
        "PITOT_PORTABLE, PITOT_PORTABLE, --bidir -P 4",
        "PITOT, IPERF3, -R -P 4",
        "IPERF3, PITOT, -P 4",
    })
    @Execution(ExecutionMode.CONCURRENT)
    void everyFiftiethThatTheKernelDropsIsMissed(Program client, Program server, String options) throws Exception {
        try (NamespacePair pair = NamespacePair.create()) {
            pair.dropEveryNthDatagram(NamespaceSide.SERVER, 50);
            pair.dropEveryNthDatagram(NamespaceSide.CLIENT, 50);

            Reports reports = run(pair, client, server, options);

            List<Long> dropped = dropped(pair, reports);
            long sum = dropped.stream().mapToLong(count -> count).sum();
            assertThat(sum).isPositive();
            assertThat(reports.told("lost_packets")).isEqualTo(dropped);
            assertThat(reports.client().number("end.sum.lost_packets")
                            + reports.client().sum("end.sum_bidir_reverse.lost_packets"))
                    .isEqualTo(sum);
            for (NamespaceSide side : NamespaceSide.values()) {
                assertThat(pair.overflows(side)).isZero();
            }
        }
    }

    private static Reports run(NamespacePair pair, Program client, Program server, String options)
            throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("-c", pair.serverAddress(), "-u", "-b", "5M", "-l", "1000"));
        args.addAll(List.of("-t", "1", "-J"));
        if (!options.isEmpty()) {
            args.addAll(List.of(options.split(" ")));
        }
        try (ServerProcess serving = pair.server(PORT, server.command(List.of("-s", "-1", "-J")));
                ChildProcess asking = pair.start(NamespaceSide.CLIENT, client.command(args))) {
            return new Reports(document(asking), document(serving.process()));
        }
    }

    private static Document document(ChildProcess process) throws IOException, InterruptedException {
        Exit exit = process.awaitExit();
        assertThat(exit.code()).as(exit.toString()).isZero();
        return Document.lenient(exit.stdout());
    }

    /// Datagrams of each stream that the filters dropped, in the order of the reports.
    private static List<Long> dropped(NamespacePair pair, Reports reports) throws IOException, InterruptedException {
        List<Drops> all = new ArrayList<>(pair.drops(NamespaceSide.SERVER));
        all.addAll(pair.drops(NamespaceSide.CLIENT));
        List<Long> dropped = new ArrayList<>();
        for (int i = 0; i < reports.isUp().size(); i++) {
            int client = reports.clientPorts().get(i);
            boolean isUp = reports.isUp().get(i);
            dropped.add(all.stream()
                    .filter(drops -> client == (isUp ? drops.sourcePort() : drops.destinationPort()))
                    .mapToLong(Drops::count)
                    .sum());
        }
        return dropped;
    }
}
