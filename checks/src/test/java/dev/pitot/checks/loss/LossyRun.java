package dev.pitot.checks.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.checks.program.Program;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.LinkCounts;
import dev.pitot.testkit.LinkCounts.OfStream;
import dev.pitot.testkit.LinkPlan;
import dev.pitot.testkit.LossyLink;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.StreamLinkCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A UDP test over a [LossyLink]: the reports of both ends, and the counts of the link.
///
/// @param reports of the two ends
/// @param link counts of the link
record LossyRun(Reports reports, LinkCounts link) {
    /// Runs a test to its end.
    ///
    /// @param options of the client, besides `-u`
    /// @throws AssertionError if an end fails, or the link lost a datagram that it should not have lost
    static LossyRun of(Program client, Program server, LinkPlan plan, String options)
            throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("-u", "-J", "-l", "1000"));
        args.addAll(List.of(options.split(" ")));
        try (ServerProcess serving = server.server(List.of("-1", "-J"));
                LossyLink link = LossyLink.to(serving.port(), plan);
                ChildProcess asking = client.client(link.port(), args)) {
            Document clientReport = document(asking, client);
            Document serverReport = document(serving.process(), server);
            assertThat(link.overflows().orElse(0)).isZero();
            return new LossyRun(new Reports(clientReport, serverReport), link.counts());
        }
    }

    private static Document document(ChildProcess process, Program program) throws IOException, InterruptedException {
        Exit exit = process.awaitExit();
        assertThat(exit.code()).as(exit.toString()).isZero();
        assertThat(exit.stderr()).isEmpty();
        return program.isPitot() ? Document.strict(exit.stdout()) : Document.lenient(exit.stdout());
    }

    /// Counts of the link for each stream in the direction of its data, in the order of the reports.
    List<StreamLinkCounts> tallies() {
        List<StreamLinkCounts> tallies = new ArrayList<>();
        for (int i = 0; i < reports.isUp().size(); i++) {
            OfStream stream = ofPort(reports.clientPorts().get(i));
            tallies.add(reports.isUp().get(i) ? stream.up() : stream.down());
        }
        return tallies;
    }

    private OfStream ofPort(int clientPort) {
        return link.streams().stream()
                .filter(stream -> stream.clientPort() == clientPort)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no port " + clientPort + " in " + link));
    }
}
