package dev.pitot.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Goldens;
import dev.pitot.output.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// UDP lines that no golden file covers.
class DatagramLinesTest {
    private static final String HEADER =
            "[ ID] Interval           Transfer     Bitrate         Jitter    Lost/Total Datagrams";
    private static final Datagrams.Reception ALL_WELL = new Datagrams.Reception(0L, 0, 0, 0);

    private final List<String> lines = new ArrayList<>();

    // iperf_locale.c: report_sum_outoforder prints [SUM] for single streams too
    @Test
    void whatArrivedOutOfOrderOrTwiceStandsBehindTheSender() {
        var reception = new Datagrams.Reception(1L, 3, 2, 0.0123456);
        Summary.OfStream total = Samples.total(Samples.SENDING, Samples.sent(), Samples.received(reception));

        summarize(TestRole.CLIENT, false, List.of(total));

        assertThat(lines)
                .startsWith(
                        Header.SEPARATOR,
                        HEADER,
                        "[  5]   0.00-2.00   sec  1000 Bytes  4.00 Kbits/sec  0.000 ms  0/10 (0%)  sender",
                        "[SUM]  0.0- 2.0 sec  3 datagrams received out-of-order",
                        "[SUM]  0.0- 2.0 sec  2 duplicate datagrams received",
                        "[  5]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  12.346 ms  1/10 (10%)  receiver");
    }

    @Test
    void aLossThatTheOtherEndCannotTellIsUnknown() {
        var reception = new Datagrams.Reception(null, 0, 0, 0.001);
        Summary.OfStream total = Samples.total(Samples.SENDING, Samples.sent(), Samples.received(reception));

        summarize(TestRole.CLIENT, false, List.of(total));

        assertThat(lines)
                .contains("[  5]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  1.000 ms  Unknown/10  receiver");
    }

    @Test
    void aLossIsNeitherNegativeNorMoreThanAll() {
        TextReporter reporter = opened(TestRole.SERVER, false, List.of(Samples.RECEIVING));

        reporter.onEvent(Samples.interval(0, new Datagrams.Reception(-4L, 0, 0, 0)));
        reporter.onEvent(Samples.interval(1, new Datagrams.Reception(40L, 0, 0, 0)));

        assertThat(lines)
                .containsExactly(
                        HEADER,
                        "[  5]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  0.000 ms  0/10 (0%)  ",
                        "[  5]   2.00-4.00   sec   900 Bytes  3.60 Kbits/sec  0.000 ms  40/10 (1e+02%)  ");
    }

    // iperf 3.21 prints this for each stream, but not for the sum
    @Test
    void aVerboseServerSaysOfEachStreamThatItDoesNotKnowTheSender() {
        StreamInfo second = Samples.stream(6, StreamRole.RECEIVER);

        summarize(
                TestRole.SERVER,
                true,
                List.of(
                        Samples.total(Samples.RECEIVING, null, Samples.received(ALL_WELL)),
                        Samples.total(second, null, Samples.received(ALL_WELL))));

        assertThat(lines)
                .containsExactly(
                        Header.SEPARATOR,
                        "Test Complete. Summary Results:",
                        HEADER,
                        "[  5] (sender statistics not available)",
                        "[  5]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  0.000 ms  0/10 (0%)  receiver",
                        "[  6] (sender statistics not available)",
                        "[  6]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  0.000 ms  0/10 (0%)  receiver",
                        "[SUM]   0.00-2.00   sec   900 Bytes  3.60 Kbits/sec  0.000 ms  0/10 (0%)  receiver");
    }

    @Test
    void aClientThatWasBrokenOffSaysOfTheirSumTooThatItDoesNotKnowTheReceiver() {
        StreamInfo second = Samples.stream(6, StreamRole.SENDER);

        summarize(
                TestRole.CLIENT,
                false,
                List.of(
                        Samples.total(Samples.SENDING, Samples.sent(), null),
                        Samples.total(second, Samples.sent(), null)));

        assertThat(lines)
                .contains(
                        "[  5] (receiver statistics not available)",
                        "[  6] (receiver statistics not available)",
                        "[SUM] (receiver statistics not available)");
    }

    private void summarize(TestRole role, boolean verbose, List<Summary.OfStream> totals) {
        TextReporter reporter = opened(
                role, verbose, totals.stream().map(Summary.OfStream::stream).toList());
        Samples.closing(totals).forEach(reporter::onEvent);
    }

    private TextReporter opened(TestRole role, boolean verbose, List<StreamInfo> streams) {
        var options = new TextOptions(Goldens.PROGRAM, UnitFormat.ADAPTIVE_BITS, verbose, 0, true);
        var reporter = new TextReporter(role, options, lines::add, lines::add);
        for (TestEvent event : Samples.opening(role, Protocol.UDP, streams)) {
            reporter.onEvent(event);
        }
        lines.clear();
        return reporter;
    }
}
