package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.Listening;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.Row.Amounts;
import dev.pitot.lab.parse.Row.Details;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.Row.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {
    private static final double GIBI = 0x1p30;

    @Test
    void aFigureHasHalfAUnitOfItsLastPlaceAsError() {
        Row row = Recording.rows(Recording.events(
                        new Iperf3Text(),
                        "[  5]   0.00-1.00   sec  1.10 GBytes  9.43 Gbits/sec    3    639 KBytes       "))
                .getFirst();

        assertThat(row.amounts().bytes().value()).isEqualTo(1.10 * GIBI);
        assertThat(row.amounts().bytes().error()).isEqualTo(0.005 * GIBI);
        assertThat(row.amounts().bitsPerSecond()).isEqualTo(new RoundedValue(9.43e9, 0.005e9));
        assertThat(row.details()).isEqualTo(new Details(3L, null, null, null, null));
    }

    /// Rates in bytes are binary in both programs: 36864 KBytes in 1.0131 s were printed as 36386
    /// KBytes/sec.
    @ParameterizedTest
    @CsvSource({
        "896 KBytes,917504,512,7.34 Mbits/sec,7340000,5000",
        "36864 KBytes,37748736,512,36386 KBytes/sec,298074112,4096",
        "0.035 GBytes,37580963.84,536870.912,0.297 Gbits/sec,297000000,500000",
        "37748796 Bytes,37748796,0.5,297881392 bits/sec,297881392,0.5",
        "0.00 Bytes,0,0.005,0.00 bits/sec,0,0.005",
        "1.50 TBytes,1649267441664,5497558138.88,1.20 Tbits/sec,1200000000000,5000000000",
    })
    void allUnitsAreRead(String transfer, double bytes, double byteError, String rate, double bits, double bitError) {
        Row row = Recording.rows(
                        Recording.events(new Iperf2Reader(null, 0), "[ 3]  0.0- 1.0 sec  " + transfer + "  " + rate))
                .getFirst();

        assertThat(row.amounts())
                .isEqualTo(new Amounts(new RoundedValue(bytes, byteError), new RoundedValue(bits, bitError)));
    }

    @Test
    void iperf205IsRead() {
        var events = Recording.events(new AutoDetectReader(), """
                ------------------------------------------------------------
                Server listening on UDP port 5001
                Receiving 1470 byte datagrams
                UDP buffer size:  208 KByte (default)
                ------------------------------------------------------------
                [  3] local 192.0.2.1 port 5001 connected with 192.0.2.2 port 42311
                [ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams
                [  3]  0.0- 1.0 sec   128 KBytes  1.05 Mbits/sec   0.020 ms    0/   89 (0%)
                [  3]  1.0- 2.0 sec   126 KBytes  1.03 Mbits/sec   0.018 ms    2/   90 (2.2%)
                [  3]  0.0- 2.0 sec   254 KBytes  1.04 Mbits/sec   0.019 ms    2/  179 (1.1%)
                [  3]  0.0- 2.0 sec  1 datagrams received out-of-order
                """);

        assertThat(events.getFirst()).isEqualTo(new Listening());
        assertThat(Recording.rows(events))
                .extracting(Row::kind)
                .containsExactly(Kind.INTERVAL, Kind.INTERVAL, Kind.TOTAL);
        assertThat(Recording.rows(events).getLast().details()).isEqualTo(new Details(null, 179L, 2L, 1L, 0.019));
        assertThat(Recording.rows(events).getLast().series()).isEqualTo(new Series(3, false));
        assertThat(events.getLast()).isEqualTo(new Ended());
    }

    @Test
    void aTotalAsLongAsAnIntervalIsATotal() {
        String text = """
                [  3]  0.0- 1.0 sec   128 KBytes  1.05 Mbits/sec
                [  3]  0.0- 1.0 sec   128 KBytes  1.05 Mbits/sec
                """;

        assertThat(Recording.rows(Recording.events(new Iperf2Reader(null, 0), text)))
                .extracting(Row::kind)
                .containsExactly(Kind.INTERVAL, Kind.TOTAL);
    }

    @Test
    void aSingleRowIsATotal() {
        assertThat(Recording.rows("iperf2-2.1.8/human-tcp-noint.server.txt", Kind.TOTAL))
                .hasSize(1);
        assertThat(Recording.rows("iperf2-2.1.8/human-tcp-n.server.txt", Kind.TOTAL))
                .hasSize(1);
    }

    @Test
    void aKnownIntervalIsToldAtOnce() {
        List<OutputEvent> events = new ArrayList<>();
        var reader = new Iperf2Reader(0.5, 0);

        reader.line("[  1] 0.0000-0.5000 sec   815 MBytes  13.7 Gbits/sec", events::add);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Values.class,
                        figures -> assertThat(figures.row().kind()).isEqualTo(Kind.INTERVAL));
    }

    @Test
    void bothHalvesOfAFullDuplexTestAreKnown() {
        List<Row> totals = Recording.rows("iperf2-2.1.8/human-tcp-fullduplex.client.txt", Kind.TOTAL);

        assertThat(totals).extracting(Row::series).containsExactly(new Series(1, true), new Series(1, false));
    }

    @Test
    void theServersReportIsTheOtherEndsCount() {
        List<Row> totals = Recording.rows("iperf2-2.1.8/human-udp.client.txt", Kind.TOTAL);

        assertThat(totals).extracting(Row::series).containsExactly(new Series(1, true), new Series(1, false, false));
        assertThat(totals)
                .extracting(Row::details)
                .containsExactly(new Details(null, 685L, null, null, null), new Details(null, 684L, 0L, null, 0.002));
    }

    @Test
    void enhancedRowsTellRetransmits() {
        List<Row> totals = Recording.rows("iperf2-2.1.8/enhanced-tcp.client.txt", Kind.TOTAL);

        assertThat(totals).extracting(row -> row.details().retransmits()).containsExactly(44L);
    }

    @Test
    void enhancedSumsOfReceiversTellLoss() {
        List<Row> totals = Recording.rows("iperf2-2.1.8/enhanced-udp-burst.server.txt", Kind.TOTAL);

        assertThat(totals.getLast().series()).isEqualTo(new Series(null, false));
        assertThat(totals.getLast().details()).isEqualTo(new Details(null, 359_502L, 257_625L, null, null));
    }

    @Test
    void pitotsRoundTripsBelongToTheTotalsOfTheirDirection() {
        List<OutputEvent> events = new ArrayList<>();
        String figures = "{\"start\":0,\"end\":1,\"bytes\":1,\"bits_per_second\":8}";
        Iperf3Json reader = new Iperf3Json();

        reader.line("""
                {"event":"end","data":{"sum_sent":F,"sum_received":F,"sum_sent_bidir_reverse":F,\
                "sum_received_bidir_reverse":F,"pitot":{"latency":{"idle_us":250.5,"idle":[],"directions":[\
                {"direction":"client_to_server","sender":true,"loaded":[{"method":"kernel_smoothed","p50_us":1,\
                "p95_us":31500},{"method":"udp_echo","p95_us":7}],"grade":"B"},\
                {"direction":"server_to_client","sender":false,"loaded":[],"not_measurable":"because"}]}}}}\
                """.replace("F", figures), events::add);

        var loaded = new Row.RoundTrips(0.2505, 31.5, "B");
        var idle = new Row.RoundTrips(0.2505, null, null);
        assertThat(Recording.rows(events))
                .extracting(row -> row.details().roundTrips())
                .containsExactly(loaded, loaded, idle, idle);
    }

    @Test
    void everyRecordedTestThatWasCompletedHasAnEnd() {
        for (Recording file : Recording.all()) {
            if (file.name().matches(".*(tcp|udp)[^/]*\\.(txt|json)") && file.rows() > 0) {
                long ends = Recording.events(file.name()).stream()
                        .filter(Ended.class::isInstance)
                        .count();
                assertThat(ends).as(file.name()).isEqualTo(file.name().contains("tradeoff.server") ? 2 : 1);
            }
        }
    }

    @Test
    void aDocumentThatIsCutTellsWhatWasComplete() {
        String whole = Recording.text("iperf3-3.21/tcp.json");
        String cut = whole.substring(0, whole.indexOf("\"end\":\t{") - 200);

        List<Row> rows = Recording.rows(Recording.events(new Iperf3Json(), cut));

        List<Row> intervals = Recording.rows("iperf3-3.21/tcp.json", Kind.INTERVAL);
        assertThat(rows).hasSize(4).isEqualTo(intervals.subList(0, 4)); // two of three intervals
    }

    @Test
    void documentsOneAfterTheOtherAreAllTold() {
        String two = Recording.text("iperf3-3.21/tcp.server.json") + Recording.text("iperf3-3.21/err-busy.json")
                + "iperf3: error - unable to receive control message: Connection reset by peer\n"
                + Recording.text("iperf3-3.21/tcp.server.json");

        var events = Recording.events(new AutoDetectReader(), two);

        assertThat(Recording.rows(events))
                .hasSize(2
                        * Recording.rows(Recording.events("iperf3-3.21/tcp.server.json"))
                                .size());
        assertThat(Recording.complaints(events)).hasSize(2);
    }

    @Test
    void oneLineDocumentsAndStandardErrorInsideOneAreRead() {
        String oneLine = Recording.text("iperf3-3.21/tcp.json").replaceAll("[\n\t]+", "");
        String mixed = Recording.text("iperf3-3.21/tcp.json").replaceFirst("\n", "\niperf3: error - late\n");

        assertThat(Recording.rows(Recording.events(new AutoDetectReader(), oneLine)))
                .isEqualTo(Recording.rows(Recording.events("iperf3-3.21/tcp.json")));
        assertThat(Recording.rows(Recording.events(new AutoDetectReader(), mixed)))
                .isEqualTo(Recording.rows(Recording.events("iperf3-3.21/tcp.json")));
    }

    @Test
    void aStreamAndItsDocumentSayTheSame() {
        String both = Recording.text("iperf3-3.21/json-stream-full-output.json");
        String document = both.substring(both.indexOf("\n{\n") + 1);

        assertThat(Recording.rows(Recording.events(new AutoDetectReader(), both)))
                .isEqualTo(Recording.rows(Recording.events(new Iperf3Json(), document)));
    }
}
