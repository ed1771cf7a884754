package dev.pitot.checks.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.checks.program.Program;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.NamespacePair;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Datagrams still queued when the end of the test is announced are not lost: on this path TCP, and
/// with it the end of the test, overtakes UDP. Lost are only those that the kernel counts as dropped.
@Needs({Tool.IPERF3, Tool.NAMESPACES})
@Timeout(180)
@Tag("slow")
class QueuedDatagramsTest {
    private static final int PORT = 5201;
    private static final long QUEUE_RATE = 10_000_000;
    private static final int QUEUE_LENGTH = 200;

    @ParameterizedTest
    @CsvSource({
        "PITOT, PITOT, -b 9900K",
        "PITOT, PITOT, -b 9900K -R",
        "PITOT, PITOT, -b 9900K --bidir",
        "PITOT, PITOT, -b 2475K -P 4 --gsro",
        "PITOT, PITOT, -b 6M -P 2 -R",
        "PITOT_PORTABLE, PITOT_PORTABLE, -b 9900K --bidir",
        "IPERF3, PITOT, -b 9900K",
        "IPERF3, PITOT, -b 6M -P 2",
        "PITOT, IPERF3, -b 9900K",
        "PITOT, IPERF3, -b 9900K -R",
        "PITOT, IPERF3, -b 9900K --bidir",
    })
    void whatWaitsInAQueueAtTheEndIsNotLost(Program client, Program server, String options) throws Exception {
        // An iperf3 server stops reading when it receives the end of the test; on a machine too busy to
        // let it read until then, datagrams are really lost.
        int attempts = server.isPitot() ? 1 : 3;
        while (!lostIsWhatWasDropped(client, server, options)) {
            attempts--;
            assertThat(attempts).as("attempts left").isPositive();
        }
    }

    private static boolean lostIsWhatWasDropped(Program client, Program server, String options) throws Exception {
        try (NamespacePair pair = NamespacePair.create()) {
            queue(pair);

            Reports reports = run(pair, client, server, options);

            assertThat(reports.told("packets")).allMatch(count -> count > 0);
            long up = 0;
            long down = 0;
            for (int i = 0; i < reports.isUp().size(); i++) {
                long lost = reports.told("lost_packets").get(i);
                up += reports.isUp().get(i) ? lost : 0;
                down += reports.isUp().get(i) ? 0 : lost;
            }
            long dropped = pair.queueDrops(NamespaceSide.CLIENT) + pair.overflows(NamespaceSide.SERVER);
            long droppedDown = pair.queueDrops(NamespaceSide.SERVER) + pair.overflows(NamespaceSide.CLIENT);
            if (server.isPitot()) {
                assertThat(up).isEqualTo(dropped);
                assertThat(down).isEqualTo(droppedDown);
                // A Pitot client and a Pitot server report the same for their own streams.
                assertThat(reports.received("lost_packets")).isEqualTo(reports.told("lost_packets"));
                return true;
            }
            return up == dropped && down == droppedDown;
        }
    }

    private static void queue(NamespacePair pair) throws InterruptedException {
        try {
            pair.queueDatagrams(QUEUE_RATE, QUEUE_LENGTH);
        } catch (IOException e) {
            Assumptions.abort("this kernel has no such queues: " + e.getMessage());
        }
    }

    private static Reports run(NamespacePair pair, Program client, Program server, String options)
            throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("-c", pair.serverAddress(), "-u", "-l", "1000", "-t", "2", "-J"));
        args.addAll(List.of(options.split(" ")));
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
}
