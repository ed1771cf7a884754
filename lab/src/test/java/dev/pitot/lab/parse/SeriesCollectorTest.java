package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.lab.parse.IntervalSeries.Point;
import dev.pitot.lab.parse.Row.Kind;
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
        return collected(Double.POSITIVE_INFINITY, new AutoDetectReader(), text)
                .sums()
                .getFirst();
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

        var series = collected(1e12, new Iperf2Reader(null, 0), text).sums().getFirst();

        assertThat(series.points()).extracting(Point::isAbsurd).containsExactly(false, true, false);
        assertThat(series.gaps()).isZero();
        assertThat(series.meanBitsPerSecond()).isCloseTo(8.40e6, within(0.1));
    }

    @Test
    void aLastIntervalOfAFewMillisecondsHardlyMovesTheMean() {
        String text = """
                [  3]  0.0- 1.0 sec  1.25 MBytes  10.0 Mbits/sec
                [  3]  1.0- 1.1 sec  1.25 MBytes  100 Mbits/sec
                [  3]  0.0- 1.1 sec  2.50 MBytes  18.2 Mbits/sec
                """;

        IntervalSeries series =
                collected(1e12, new Iperf2Reader(null, 0), text).sums().getFirst();

        assertThat(series.meanBitsPerSecond()).isCloseTo(20e6 / 1.1, within(1.0));
    }

    @Test
    void totalAndIntervalsAreBothReported() {
        IntervalSeries series = sum(Recording.text("iperf2-2.1.8/csv-udp.client.csv"));

        assertThat(series.totals().getFirst().amounts())
                .isEqualTo(new Row.Amounts(RoundedValue.exact(1_005_480), new RoundedValue(4_011_396, 0.5)));
        assertThat(bytes(series).stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(1_002_540); // two datagrams less
        assertThat(series.meanBitsPerSecond()).isCloseTo(4_010_160, within(100.0));
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
        assertThat(collector.intervals())
                .extracting(interval -> interval.of().stream())
                .filteredOn(Objects::nonNull)
                .containsOnly(4, 6, 8, 10);
    }

    @Test
    void intervalsOfAJsonDocumentAddUpToItsTotal() {
        IntervalSeries series = sum(Recording.text("iperf3-3.21/tcp-P4.json"));

        double total = series.totals().getFirst().amounts().bytes().value();
        assertThat(bytes(series).stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(total, within(total / 1000));
    }

    @Test
    void theWarmUpIsLeftOut() {
        IntervalSeries series = sum(Recording.text("iperf3-3.21/tcp-omit.txt"));

        assertThat(series.points()).extracting(Point::startSeconds).containsExactly(0.0, 1.01, 2.0);
        assertThat(Recording.rows("iperf3-3.21/tcp-omit.txt", Kind.OMITTED)).hasSize(1);
    }
}
