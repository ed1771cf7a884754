package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.Row.Kind;
import dev.pitot.lab.parse.SeriesSummary.Omissions;
import dev.pitot.lab.parse.SeriesSummary.Rates;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeriesCollectorTest {
    private static final String HEAD = """
            Client connecting to 192.0.2.1, TCP port 5001
            [  3] local 192.0.2.2 port 40000 connected with 192.0.2.1 port 5001
            [  4] local 192.0.2.2 port 40001 connected with 192.0.2.1 port 5001
            """;

    private static SeriesCollector collected(double maximum, OutputReader reader, String text) {
        var collector = new SeriesCollector(maximum);
        Recording.events(reader, text).forEach(collector);
        return collector;
    }

    private static IntervalSeries sum(String text) {
        return Objects.requireNonNull(collected(Double.POSITIVE_INFINITY, new AutoDetectReader(), text)
                .sum());
    }

    private static List<Double> bytes(IntervalSeries series) {
        return series.points().stream()
                .map(point -> point.amounts() == null
                        ? Double.valueOf(-1)
                        : Double.valueOf(point.amounts().bytes().value()))
                .toList();
    }

    @Test
    void aLateThreadLeavesAGapAndShiftsNothing() {
        var series = sum(HEAD + """
                [  3]  0.0- 1.0 sec  1.00 KBytes  8.19 Kbits/sec
                [  4]  0.0- 1.0 sec  2.00 KBytes  16.4 Kbits/sec
                [  3]  1.0- 2.0 sec  3.00 KBytes  24.6 Kbits/sec
                [  3]  2.0- 3.0 sec  1.00 KBytes  8.19 Kbits/sec
                [  4]  2.0- 3.0 sec  4.00 KBytes  32.8 Kbits/sec
                [  3]  0.0- 3.0 sec  5.00 KBytes  13.7 Kbits/sec
                [  4]  0.0- 3.0 sec  6.00 KBytes  16.4 Kbits/sec
                """);

        assertThat(bytes(series)).containsExactly(3072.0, -1.0, 5120.0);
        assertThat(series.points()).extracting(Point::startSeconds).containsExactly(0.0, 1.0, 2.0);
        assertThat(series.gaps()).isEqualTo(1);
    }

    @Test
    void aThreadThatIsLateByAnIntervalIsPutWhereItBelongs() {
        var series = sum(HEAD + """
                [  3]  0.0- 1.0 sec  1.00 KBytes  8.19 Kbits/sec
                [  3]  1.0- 2.0 sec  3.00 KBytes  24.6 Kbits/sec
                [  4]  0.0- 1.0 sec  2.00 KBytes  16.4 Kbits/sec
                [  4]  1.0- 2.0 sec  4.00 KBytes  32.8 Kbits/sec
                """);

        assertThat(bytes(series)).containsExactly(3072.0, 7168.0);
    }

    @Test
    void theProgramsSumGoesBeforeOurAddition() {
        var series = sum(HEAD + """
                [  3]  0.0- 1.0 sec  1.00 KBytes  8.19 Kbits/sec
                [  4]  0.0- 1.0 sec  2.00 KBytes  16.4 Kbits/sec
                [SUM]  0.0- 1.0 sec  3.01 KBytes  24.6 Kbits/sec
                [  3]  1.0- 2.0 sec  1.00 KBytes  8.19 Kbits/sec
                [  4]  1.0- 2.0 sec  2.00 KBytes  16.4 Kbits/sec
                """);

        assertThat(bytes(series)).containsExactly(3.01 * 1024, 3072.0);
    }

    @Test
    void anAbsurdRateIsMarkedAndNotCounted() {
        String text = """
                [  3]  0.0- 1.0 sec  1.00 MBytes  8.39 Mbits/sec
                [  3]  1.0- 2.0 sec  1.00 MBytes  97543456 Gbits/sec
                [  3]  2.0- 3.0 sec  1.00 MBytes  8.41 Mbits/sec
                [  3]  0.0- 3.0 sec  3.00 MBytes  8.39 Mbits/sec
                """;

        var series = Objects.requireNonNull(
                collected(1e12, new Iperf2Reader(null, 0), text).sum());

        assertThat(series.points()).extracting(Point::isAbsurd).containsExactly(false, true, false);
        assertThat(series.summary().omissions()).isEqualTo(new Omissions(0, 1));
        assertThat(series.summary().bitsPerSecond()).isEqualTo(new Rates(8.40e6, 8.40e6, 8.39e6, 8.41e6));
    }

    @Test
    void totalAndIntervalsAreBothReported() {
        SeriesSummary summary =
                sum(Recording.text("iperf2-2.1.8/csv-udp.client.csv")).summary();

        assertThat(Objects.requireNonNull(summary.total()).amounts().bytes()).isEqualTo(RoundedValue.exact(1_005_480));
        assertThat(summary.intervalBytes()).isEqualTo(RoundedValue.exact(1_002_540)); // two datagrams less
        assertThat(summary.bitsPerSecond()).isEqualTo(new Rates(4_010_160, 3_998_400, 3_998_400, 4_045_440));
    }

    @Test
    void threadsWithoutASumAreAddedInTotalToo() {
        IntervalSeries series = sum(Recording.text("iperf2-2.1.8/csv-tcp-P4.client.csv"));

        assertThat(series.points()).hasSize(4);
        assertThat(series.totals()).hasSize(1);
        assertThat(series.totals().getFirst().amounts().bytes())
                .isEqualTo(RoundedValue.exact(1641807932L + 1387262716L + 1918107708L + 2137784380L));
    }

    @Test
    void bothDirectionsHaveTheirOwnTotals() {
        var collector = collected(1e15, new AutoDetectReader(), Recording.text("iperf3-3.21/tcp-P2-bidir.json"));

        assertThat(collector.sums())
                .extracting(
                        series -> series.of().isSender(),
                        series -> series.totals().getFirst().amounts().bytes())
                .containsExactly(
                        tuple(true, RoundedValue.exact(4_869_324_800L)),
                        tuple(false, RoundedValue.exact(3_717_201_920L)));
        assertThat(collector.streams()).hasSize(4).allSatisfy(each -> {
            assertThat(each.gaps()).isZero();
            assertThat(each.totals()).hasSize(2);
        });
    }

    @Test
    void intervalsOfAJsonDocumentAddUpToItsTotal() {
        SeriesSummary summary = sum(Recording.text("iperf3-3.21/tcp-P4.json")).summary();

        double total = Objects.requireNonNull(summary.total()).amounts().bytes().value();
        assertThat(Objects.requireNonNull(summary.intervalBytes()).value()).isCloseTo(total, within(total / 1000));
    }

    @Test
    void theWarmUpIsLeftOut() {
        IntervalSeries series = sum(Recording.text("iperf3-3.21/tcp-omit.txt"));

        assertThat(series.points()).extracting(Point::startSeconds).containsExactly(0.0, 1.01, 2.0);
        assertThat(Recording.rows("iperf3-3.21/tcp-omit.txt", Kind.OMITTED)).hasSize(1);
    }
}
