package dev.pitot.model.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Summary.OfDirection;
import dev.pitot.model.time.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {
    private static final long SECOND = 1_000_000_000;
    private static final Ending COMPLETED = new Ending.Completed();
    private static final Total SENT = new Total(3_000, SECOND, 0L);
    private static final Total RECEIVED = new Total(2_000, 2 * SECOND, null);

    private static Outcome outcome(Ending ending, OfDirection... directions) {
        var cpu = new CpuUsage(0, 0, 0);
        var summary = new Summary(List.of(), List.of(directions), cpu, null, new Summary.Congestion(null, null), null);
        return new Outcome(new TestReport(null, List.of(), null, summary, null), ending);
    }

    private static Total datagrams(long packets, @Nullable Long lost) {
        var reception = new Datagrams.Reception(lost, 0, 0, 0);
        return new Total(0, SECOND, null, new Datagrams(packets, lost == null ? null : reception));
    }

    static List<Ending> failures() {
        return List.of(
                new Ending.Cancelled("enough"),
                new Ending.PeerTerminated(),
                new Ending.PeerGone(),
                new Ending.Busy(),
                new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
    }

    @Test
    void theRateIsThatOfWhatArrived() {
        Outcome outcome = outcome(COMPLETED, new OfDirection(StreamRole.SENDER, SENT, RECEIVED));

        assertThat(outcome.bitsPerSecond()).hasValue(8_000);
        assertThat(outcome.sent()).isEqualTo(SENT);
        assertThat(outcome.received()).isEqualTo(RECEIVED);
    }

    @Test
    void ofTwoDirectionsTheFirstIsMeant() {
        Outcome outcome = outcome(
                COMPLETED,
                new OfDirection(StreamRole.SENDER, SENT, RECEIVED),
                new OfDirection(StreamRole.RECEIVER, SENT, SENT));

        assertThat(outcome.received()).isEqualTo(RECEIVED);
    }

    @Test
    void whatIsUnknownIsAbsent() {
        Outcome early = new Outcome(TestReport.EMPTY, new Ending.PeerGone());
        Outcome untold = outcome(COMPLETED, new OfDirection(StreamRole.SENDER, SENT, null));

        assertThat(early.bitsPerSecond()).isEmpty();
        assertThat(early.sent()).isNull();
        assertThat(early.lostPercent()).isEmpty();
        assertThat(untold.bitsPerSecond()).isEmpty();
        assertThat(untold.sent()).isEqualTo(SENT);
        assertThat(outcome(COMPLETED).received()).isNull();
    }

    @Test
    void lossIsAShareOfWhatTheSenderCounted() {
        assertThat(lostPercent(datagrams(200, null), datagrams(190, 10L))).isEqualTo(5.0);
        assertThat(lostPercent(null, datagrams(200, 10L))).isEqualTo(5.0);
        assertThat(lostPercent(null, datagrams(0, 0L))).isZero();
        assertThat(lostPercent(datagrams(10, null), datagrams(10, 900L))).isEqualTo(100.0);
        assertThat(lostPercent(datagrams(10, null), datagrams(10, -900L))).isZero();
        assertThat(lostPercent(datagrams(10, null), datagrams(10, null))).isNull();
        assertThat(lostPercent(SENT, RECEIVED)).isNull();
        OfDirection direction = new OfDirection(StreamRole.SENDER, datagrams(200, null), datagrams(190, 10L));
        assertThat(outcome(COMPLETED, direction).lostPercent()).hasValue(5.0);
    }

    private static @Nullable Double lostPercent(@Nullable Total sent, Total received) {
        return new OfDirection(StreamRole.SENDER, sent, received).lostPercent();
    }

    @Test
    void aCompletedTestIsReturned() {
        Outcome outcome = outcome(COMPLETED);

        assertThat(outcome.throwIfFailed()).isSameAs(outcome);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOtherEndingIsThrownOnRequest(Ending ending) {
        Outcome outcome = outcome(ending, new OfDirection(StreamRole.SENDER, SENT, null));

        assertThatExceptionOfType(TestFailedException.class)
                .isThrownBy(outcome::throwIfFailed)
                .withMessage(ending.text())
                .extracting(TestFailedException::outcome)
                .isSameAs(outcome);
    }

    @Test
    void anIntervalHasARateForEachStreamAndDirection() {
        var stream = new StreamInfo(1, 5, StreamRole.SENDER, new Endpoint("a", 1), new Endpoint("b", 2));
        var span = new Span(SECOND, 3 * SECOND);

        assertThat(new Interval.OfStream(stream, span, 1_000, null, null, null).bitsPerSecond())
                .isEqualTo(4_000);
        assertThat(new Interval.Sum(StreamRole.SENDER, span, 3_000, null, null).bitsPerSecond())
                .isEqualTo(12_000);
    }
}
