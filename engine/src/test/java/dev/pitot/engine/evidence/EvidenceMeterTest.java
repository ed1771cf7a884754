package dev.pitot.engine.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.interval.FakeStream;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Evidence.EndOfStream;
import dev.pitot.model.result.Evidence.ThreadTimes;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceMeterTest {
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final double NO_FLOOR = Double.MAX_VALUE;

    private final ManualClock clock = new ManualClock();
    private final List<StubConnection> connections = new ArrayList<>();
    private final List<OpenStream> streams = new ArrayList<>();
    private @Nullable ThreadTimes times;
    private KernelValues<HostCounter> counters = KernelValues.of(HostCounter.class, Map.of());

    private StubConnection add(StreamRole role) {
        var connection = new StubConnection();
        int id = streams.size() + 1;
        var info = new StreamInfo(id, id + 4, role, new Endpoint("local", 1), new Endpoint("remote", 2));
        connections.add(connection);
        streams.add(new OpenStream(info, connection, new FakeStream(), null));
        tell(connection, 0, 0);
        return connection;
    }

    private static void tell(StubConnection connection, long acknowledged, long retransmits) {
        connection.tell(Map.of(
                TcpField.BYTES_ACKED, acknowledged,
                TcpField.TOTAL_RETRANS, retransmits,
                TcpField.RTT, 1_000L));
    }

    private EvidenceMeter started() {
        var meter = new EvidenceMeter(threads(), _ -> times, () -> counters);
        meter.start(clock.nanoTime());
        return meter;
    }

    /// Threads that have not begun.
    private StreamThreads threads() {
        return new StreamThreads(streams, () -> {}, () -> 42, new ManualClock(), new StreamThreads.Observer() {
            @Override
            public void onStreamFailed(OpenStream stream, Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onSendersDone() {
                // Nobody waits for it.
            }
        });
    }

    private void advance(EvidenceMeter meter, boolean isOmitting) {
        clock.advance(PERIOD);
        meter.lookIfDue(clock.nanoTime(), isOmitting);
    }

    private static EndOfStream sender(EvidenceMeter meter) {
        return Objects.requireNonNull(meter.streams().getFirst().sender());
    }

    @Test
    void theWarmUpIsLeftOut() {
        StubConnection connection = add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        tell(connection, 1_000, 7);
        advance(meter, true);
        tell(connection, 5_000, 8);
        advance(meter, false); // counting begins

        tell(connection, 9_000, 10);
        clock.advance(PERIOD);
        meter.stop(clock.nanoTime());

        assertThat(sender(meter).tcp().get(TcpField.BYTES_ACKED)).hasValue(4_000);
        assertThat(sender(meter).tcp().get(TcpField.TOTAL_RETRANS)).hasValue(2);
        assertThat(meter.directions(NO_FLOOR))
                .singleElement()
                .extracting(direction -> Objects.requireNonNull(direction.losses()))
                .satisfies(losses -> {
                    assertThat(losses.readings()).isEqualTo(1);
                    assertThat(losses.lossReadings()).isEqualTo(1);
                });
    }

    @Test
    void afterTheEndNothingIsRead() {
        StubConnection connection = add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        advance(meter, false);
        meter.stop(clock.nanoTime());
        int asked = connection.asked();

        advance(meter, false);
        meter.stop(clock.nanoTime());

        assertThat(connection.asked()).isEqualTo(asked);
        assertThat(meter.nanosUntilDue(clock.nanoTime())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void beforeTheStartNothingIsDue() {
        add(StreamRole.SENDER);
        var meter = new EvidenceMeter(threads(), _ -> times, () -> counters);

        meter.lookIfDue(clock.nanoTime(), false);

        assertThat(connections.getFirst().asked()).isZero();
        assertThat(meter.nanosUntilDue(clock.nanoTime())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aThreadThatHasEndedKeepsItsLastTimes() {
        add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        long begin = System.nanoTime();
        advance(meter, false);
        times = new ThreadTimes(300, 200, begin + 1_000_000_000);
        for (int i = 0; i < 10; i++) {
            advance(meter, false);
        }
        times = null;
        meter.stop(clock.nanoTime());

        ThreadTimes thread = Objects.requireNonNull(sender(meter).thread());
        assertThat(thread.runningNanos()).isEqualTo(300);
        assertThat(thread.waitingNanos()).isEqualTo(200);
        assertThat(thread.elapsedNanos()).isPositive();
    }

    @Test
    void withoutAThreadsTimesTheyAreUnknown() {
        add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        advance(meter, false);
        meter.stop(clock.nanoTime());

        assertThat(sender(meter).thread()).isNull();
    }

    @Test
    void whatTheKernelDoesNotSayIsUnknown() {
        add(StreamRole.SENDER).lose();
        EvidenceMeter meter = started();
        advance(meter, false);
        advance(meter, false);
        meter.stop(clock.nanoTime());

        assertThat(sender(meter).tcp()).isEqualTo(KernelValues.of(TcpField.class, Map.of()));
        assertThat(meter.directions(NO_FLOOR).getFirst().losses()).isNull();
    }

    @Test
    void aConnectionThatBreaksKeepsItsLastValues() {
        StubConnection connection = add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        advance(meter, false);
        tell(connection, 5_000, 0);
        advance(meter, false);

        connection.lose();
        advance(meter, false);
        meter.stop(clock.nanoTime());

        assertThat(sender(meter).tcp().get(TcpField.BYTES_ACKED)).hasValue(5_000);
    }

    @Test
    void manyStreamsAreReadLessOften() {
        for (int i = 0; i < 128; i++) {
            add(StreamRole.SENDER);
        }
        EvidenceMeter meter = started();
        int seconds = 10;
        for (long left = Duration.ofSeconds(seconds).toNanos(); left > 0; ) {
            meter.lookIfDue(clock.nanoTime(), false);
            long wait = meter.nanosUntilDue(clock.nanoTime());
            clock.advanceNanos(wait);
            left -= wait;
        }

        assertThat(connections.stream().mapToInt(StubConnection::asked).sum()).isBetween(128, 400 * seconds);
        assertThat(connections).allMatch(connection -> connection.asked() > 2 * seconds);
    }

    @Test
    void eachDirectionHasItsOwnReadings() {
        StubConnection sending = add(StreamRole.SENDER);
        add(StreamRole.RECEIVER);
        EvidenceMeter meter = started();
        advance(meter, false);
        tell(sending, 1, 1);
        advance(meter, false);

        assertThat(meter.directions(NO_FLOOR))
                .extracting(Evidence.OfDirection::role)
                .containsExactly(StreamRole.SENDER, StreamRole.RECEIVER);
        assertThat(Objects.requireNonNull(meter.directions(NO_FLOOR).getFirst().losses())
                        .lossReadings())
                .isEqualTo(1);
        assertThat(meter.directions(NO_FLOOR).getLast().losses())
                .as("a receiver does not see losses")
                .isNull();
        assertThat(meter.streams().getLast().sender()).isNull();
        assertThat(Objects.requireNonNull(meter.streams().getLast().receiver()).socketDrops())
                .as("bytes")
                .isNull();
    }

    @Test
    void aSenderIsDrainedIfItCouldSendMoreAndHasNothingLeft() {
        assertThat(drained(10, 20, 0, 100_000)).isEqualTo(1);
        assertThat(drained(20, 20, 0, 100_000))
                .as("the congestion window is full")
                .isZero();
        assertThat(drained(10, 20, 0, 10_000))
                .as("the receiver's window is full")
                .isZero();
        assertThat(drained(10, 20, 1_000, 100_000)).as("a segment waits").isZero();
        assertThat(drained(0, 20, 0, 100_000)).as("nothing is on its way").isNull();
    }

    @Test
    void ofTheReceiversWindowTheLargestCounts() {
        StubConnection connection = add(StreamRole.SENDER);
        EvidenceMeter meter = started();
        for (long window : List.of(10L, 5_000L, 0L)) {
            connection.tell(Map.of(TcpField.SND_WND, window, TcpField.RTT, window + 1));
            advance(meter, false);
        }

        assertThat(sender(meter).tcp().get(TcpField.SND_WND)).hasValue(5_000);
        assertThat(sender(meter).tcp().get(TcpField.RTT))
                .as("a state at the end")
                .hasValue(1);
    }

    private @Nullable Double drained(long unacknowledged, long window, long unsent, long receiverWindow) {
        streams.clear();
        add(StreamRole.SENDER)
                .tell(Map.of(
                        TcpField.UNACKED, unacknowledged,
                        TcpField.SND_CWND, window,
                        TcpField.NOTSENT_BYTES, unsent,
                        TcpField.SND_WND, receiverWindow,
                        TcpField.SND_MSS, 1_000L));
        EvidenceMeter meter = started();
        advance(meter, false);
        return meter.directions(NO_FLOOR).getFirst().drainedShare();
    }

    @Test
    void theHostsCountersAreThoseOfTheTest() {
        add(StreamRole.SENDER);
        counters = KernelValues.of(HostCounter.class, Map.of(HostCounter.SOFTNET_DROPPED, 100L));
        EvidenceMeter meter = started();

        counters = KernelValues.of(HostCounter.class, Map.of(HostCounter.SOFTNET_DROPPED, 103L));
        meter.finish(0);

        assertThat(meter.host()).isEqualTo(KernelValues.of(HostCounter.class, Map.of(HostCounter.SOFTNET_DROPPED, 3L)));
    }
}
