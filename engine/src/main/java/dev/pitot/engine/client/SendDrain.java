package dev.pitot.engine.client;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Drain;
import dev.pitot.engine.session.Measurement;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The wait until what was sent has arrived: after a test of so many bytes, and after every test with
/// datagrams. The end of the test is told on another connection and could overtake them; the
/// server would then report fewer bytes than were sent, or datagrams as lost that wait in a queue.
/// (iperf's clients run on to the next report tick after so many bytes, up to a second, and do not
/// wait for datagrams.)
record SendDrain(List<OpenStream> senders) implements Drain.Progress {
    /// Without an acknowledgement for so long the rest is in flight for good.
    private static final long BYTES_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// Some network cards keep what they have sent until they send again.
    private static final long DATAGRAMS_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// The way from the server's kernel into its counters: a share of the test, because a server of
    /// iperf's includes it in its own time.
    private record ReadTime(long share, Duration least, Duration most) {
        /// What was asked for must arrive. The server's time stays right within 2 % in tests of half a
        /// second and more.
        static final ReadTime EXACT = new ReadTime(50, Duration.ofMillis(10), Duration.ofMillis(50));

        /// Within 1 % in tests of a second and more.
        static final ReadTime SHORT = new ReadTime(200, Duration.ofMillis(8), Duration.ofMillis(50));

        long of(long testNanos) {
            return Math.clamp(testNanos / share, least.toNanos(), most.toNanos());
        }
    }

    /// @param isLimited whether so many bytes were to arrive
    static AwaitedCondition of(Measurement measurement, Protocol protocol, boolean isLimited, NanoClock clock) {
        List<OpenStream> senders = measurement.streams().stream()
                .filter(open -> open.info().role().isSender())
                .toList();
        if (senders.isEmpty()) {
            return AwaitedCondition.MET;
        }
        long silenceNanos = protocol.isDatagram() ? DATAGRAMS_SILENCE_NANOS : BYTES_SILENCE_NANOS;
        long readNanos = (isLimited ? ReadTime.EXACT : ReadTime.SHORT).of(measurement.countedNanos());
        var limits = new Drain.Limits(silenceNanos, Long.MAX_VALUE, STEP_NANOS, Long.MAX_VALUE, readNanos);
        return new Drain(new SendDrain(senders), limits, clock.nanoTime());
    }

    /// Minus what is not acknowledged; 0 also where the platform cannot tell, where only the time to read is given.
    @Override
    public long position() {
        return -senders.stream().mapToLong(OpenStream::unacknowledgedBytes).sum();
    }

    @Override
    public boolean isComplete(long position) {
        return position == 0;
    }
}
