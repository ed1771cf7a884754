package dev.pitot.checks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// A session over three nodes: every pair, both ways, with every tool, TCP and UDP. Its results equal
/// the values that the tools printed.
@Needs({Tool.IPERF2, Tool.IPERF3, Tool.NAMESPACES, Tool.SOCAT, Tool.SSHD})
@Timeout(500)
@Tag("slow")
class ThreeNodesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(450);
    private static final int TESTS = 42; // 3 pairs x 2 directions x 3 engines x 2 tests, and 2 x 3 of a second
    private static final String PLAN = """
            pairs: [[$b, $a], [$c, $a], [$b, $c]]
            directions: [to, from]
            retries: 0
            tests:
              - name: tcp
                engine: [pitot, iperf3, iperf2]
                options: {bytes: 2M, interval: 0}
              - name: udp
                engine: [pitot, iperf3, iperf2]
                options: {udp: true, bytes: 2M, bitrate: 200M, interval: 0}
              - name: tcp_second
                engine: [pitot, iperf3, iperf2]
                nodes: [$c]
                directions: to
                options: {time: 1}
              - name: udp_second
                engine: [pitot, iperf3, iperf2]
                nodes: [$c]
                directions: from
                options: {udp: true, time: 1, bitrate: 20M}
            """;

    @TempDir
    private Path folder;

    @Test
    void figuresOfEveryPairAreThoseOfTheEngines() throws Exception {
        try (LabNodes nodes = LabNodes.create(folder)) {
            Exit exit;
            try (ChildProcess run = nodes.run(List.of(), nodes.plan(PLAN), folder.resolve("results"))) {
                exit = run.awaitExit(TIMEOUT);
            }
            var results = new SessionResults(folder.resolve("results"));

            assertThat(exit.code()).as(exit.toString()).isZero();
            assertThat(nodes.leftovers()).isEmpty();
            assertThat(results.column("verdict")).hasSize(TESTS).containsOnly("passed");
            assertThat(results.runs()).hasSize(TESTS);
            var softly = new SoftAssertions();
            for (SessionResults.Row row : results.summary()) {
                checkFigures(softly, row, results);
            }
            softly.assertAll();
            checkCases(results, nodes);
        }
    }

    /// Checks one test: its row of the summary, and its line of results.
    private static void checkFigures(SoftAssertions softly, SessionResults.Row row, SessionResults results)
            throws Exception {
        Document run = Objects.requireNonNull(results.runs().get(row.at("number")));
        String engine = row.at("engine");
        List<String> files = new ArrayList<>(run.all("files[]"));
        for (String file : run.all("files[]")) {
            if (engine.equals("iperf2")
                    && file.endsWith(".err")) { // on a busy machine, or of a server when it is ended
                softly.assertThat(results.text(file))
                        .containsAnyOf(
                                "WARNING: ack of last datagram failed", "Waiting for server threads to complete");
                files.remove(file);
            }
        }
        softly.assertThat(files).hasSize(2);
        softly.assertThat(files.getFirst()).matches(name(row, "tx"));
        softly.assertThat(files.getLast()).matches(name(row, "rx"));
        EngineOutput sender = EngineOutput.read(results.folder().resolve(files.getFirst()), engine, true);
        EngineOutput receiver = EngineOutput.read(results.folder().resolve(files.getLast()), engine, false);

        String what = row.toString();
        softly.assertThat(row.at("sender_bytes")).as(what).isEqualTo(sender.bytes());
        softly.assertThat(row.at("receiver_bytes")).as(what).isEqualTo(receiver.bytes());
        softly.assertThat(number(row.at("sender_bits_per_second"))).as(what).isEqualTo(number(sender.bitsPerSecond()));
        softly.assertThat(number(row.at("receiver_bits_per_second")))
                .as(what)
                .isEqualTo(number(receiver.bitsPerSecond()));
        softly.assertThat(row.at("retransmits")).as(what).isEqualTo(orEmpty(sender.retransmits()));
        softly.assertThat(row.at("loss_percent").isEmpty()).as(what).isEqualTo(receiver.datagrams() == null);
        if (receiver.datagrams() != null) {
            double lost = 100.0 * Long.parseLong(orEmpty(receiver.lost())) / Long.parseLong(receiver.datagrams());
            softly.assertThat(number(row.at("loss_percent"))).as(what).isEqualTo(lost);
        }
        checkLine(softly, run, sender, receiver);
    }

    /// Checks each end: the last total in its own list is the sum, or the only stream.
    private static void checkLine(SoftAssertions softly, Document run, EngineOutput sender, EngineOutput receiver) {
        int mine = own(run, "sender", "true");
        int theirs = own(run, "receiver", "false");
        softly.assertThat(run.textAt("sender[" + mine + "].bytes")).isEqualTo(sender.bytes());
        softly.assertThat(run.textAt("receiver[" + theirs + "].bytes")).isEqualTo(receiver.bytes());
        softly.assertThat(number(run.textAt("sender[" + mine + "].bits_per_second")))
                .isEqualTo(number(sender.bitsPerSecond()));
        softly.assertThat(number(run.textAt("receiver[" + theirs + "].bits_per_second")))
                .isEqualTo(number(receiver.bitsPerSecond()));
        if (receiver.datagrams() != null) {
            softly.assertThat(run.textAt("receiver[" + theirs + "].lost")).isEqualTo(receiver.lost());
            softly.assertThat(run.textAt("receiver[" + theirs + "].datagrams")).isEqualTo(receiver.datagrams());
        }
    }

    /// Index of the last total that an end reports about itself; iperf 2 does not say whose it is.
    private static int own(Document run, String end, String isSender) {
        List<String> whose = run.all(end + "[].sender");
        return Math.max(whose.lastIndexOf(isSender), whose.lastIndexOf("null"));
    }

    /// Returns a name like `upstream_tx_tcp_b_a_engine_iperf3_tcp_r1_net_20261121194026`.
    private static String name(SessionResults.Row row, String end) {
        String way = row.at("direction").equals("to_node") ? "downstream" : "upstream";
        String test = row.at("test");
        return "raw_iperf/%s_%s_%s_%s_%s_engine_%s_%s_r1_net_\\d{14}\\.iperf"
                .formatted(way, end, test.substring(0, 3), row.at("node"), row.at("peer"), row.at("engine"), test);
    }

    private static double number(String printed) {
        return Double.parseDouble(printed);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void checkCases(SessionResults results, LabNodes nodes) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(results.text("junit.xml"))))
                .getElementsByTagName("testcase");

        assertThat(cases.getLength()).isEqualTo(TESTS);
        for (int i = 0; i < TESTS; i++) {
            assertThat(cases.item(i).getChildNodes().getLength()).isOne(); // properties: neither failed nor skipped
        }
        assertThat(results.text("junit.xml")).contains(nodes.name("b") + " to " + nodes.name("c"));
    }
}
