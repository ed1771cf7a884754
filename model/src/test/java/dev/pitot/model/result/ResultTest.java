package dev.pitot.model.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Interval.OfStream;
import dev.pitot.model.time.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final StreamInfo STREAM =
            new StreamInfo(1, 5, StreamRole.SENDER, new Endpoint("a", 1), new Endpoint("b", 2));

    @Test
    void aTotalIsBytesOverItsOwnTime() {
        var total = new Total(1_000, 2_000_000_000L, null);

        assertThat(total.seconds()).isEqualTo(2.0);
        assertThat(total.bitsPerSecond()).isEqualTo(4_000.0);
    }

    @Test
    void aTotalOverNoTimeHasNoRate() {
        assertThat(new Total(1_000, 0, null).bitsPerSecond()).isZero();
    }

    @Test
    void anEndingHasWordsForPeople() {
        assertThat(List.of(
                        new Ending.Completed(),
                        new Ending.Cancelled(null),
                        new Ending.Cancelled("enough"),
                        new Ending.Busy(),
                        new Ending.Failed(IperfError.STREAM_CONNECT, "Connection refused", false)))
                .extracting(Ending::text)
                .containsExactly(
                        "completed",
                        "cancelled",
                        "cancelled: enough",
                        "the server is busy",
                        "unable to connect stream: Connection refused");
    }

    @Test
    void anIntervalKeepsItsOwnCopyOfItsStreams() {
        List<OfStream> streams = new ArrayList<>();
        streams.add(new OfStream(STREAM, Span.until(1), 10, null, null, null));
        var interval = new Interval(streams, List.of(), false);

        streams.clear();

        assertThat(interval.streams()).containsExactly(new OfStream(STREAM, Span.until(1), 10, null, null, null));
    }

    @Test
    void nothingReachedIsAbsentNotZero() {
        assertThat(TestReport.EMPTY.start()).isNull();
        assertThat(TestReport.EMPTY.streams()).isEmpty();
        assertThat(TestReport.EMPTY.summary()).isNull();
        assertThat(TestReport.EMPTY.serverOutput()).isNull();
    }

    @Test
    void lossIsAShareOfWhatShouldHaveArrived() {
        assertThat(datagrams(200, 5L).lostPercent()).isEqualTo(2.5);
        assertThat(datagrams(0, 0L).lostPercent()).isZero();
        assertThat(datagrams(200, null).lostPercent()).isNull();
        assertThat(new Datagrams(200, null).lostPercent()).isNull();
    }

    private static Datagrams datagrams(long packets, @Nullable Long lost) {
        return new Datagrams(packets, new Datagrams.Reception(lost, 0, 0, 0));
    }

    @Test
    void onlyOneEndingIsCompletion() {
        assertThat(new Ending.Completed().isCompleted()).isTrue();
        assertThat(List.of(
                        new Ending.Cancelled(null),
                        new Ending.PeerTerminated(),
                        new Ending.PeerGone(),
                        new Ending.Busy(),
                        new Ending.Failed(IperfError.CONNECT, "", false)))
                .noneMatch(Ending::isCompleted);
    }
}
