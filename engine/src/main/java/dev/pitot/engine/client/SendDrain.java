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

/// Wait until the sent data has arrived: after a test limited in bytes, and after every datagram test.
/// The end of the test is signalled on another connection and could overtake the data; the server would
/// then report fewer bytes than were sent, or datagrams as lost that wait in a queue. (iperf3 clients
/// limited in bytes run on to the next report tick, up to a second, and do not wait for datagrams.)
record SendDrain(List<OpenStream> senders) implements Drain.Progress {
    /// After this time without an acknowledgement, the unacknowledged bytes are not waited for any
    /// longer.
    private static final long BYTES_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// Some network cards hold sent packets back until they send again.
    private static final long DATAGRAMS_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// Time for the server to read data from its kernel: a share of the test, because iperf3 servers
    /// include it in their own duration.
    private record ReadTime(long share, Duration least, Duration most) {
        /// For tests limited in bytes, whose data must arrive. The server's duration stays accurate
        /// within 2 % in tests of half a second and more.
        static final ReadTime EXACT = new ReadTime(50, Duration.ofMillis(10), Duration.ofMillis(50));

        /// For other tests of datagrams, which an iperf3 client does not give any time. Accurate
        /// within 0.05 % in tests of a second and more.
        static final ReadTime SHORT = new ReadTime(2000, Duration.ofNanos(500_000), Duration.ofMillis(50));

        long of(long testNanos) {
            return Math.clamp(testNanos / share, least.toNanos(), most.toNanos());
        }
    }

    /// @param isLimited true if the test is limited in bytes
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

    /// Negated number of unacknowledged bytes; 0 also where the platform cannot tell, so that only the
    /// read time passes.
    @Override
    public long position() {
        return -senders.stream().mapToLong(OpenStream::unacknowledgedBytes).sum();
    }

    @Override
    public boolean isComplete(long position) {
        return position == 0;
    }
}
