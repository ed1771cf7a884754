package dev.pitot.engine.session;

import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.wire.json.TestResults;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Wait for datagrams that are still in flight when the test is over. The end is signalled on a TCP
/// connection, which may overtake datagrams: in a queue that only UDP passes, or in the kernel of a busy
/// host. Belongs to the session's thread.
///
/// @param sender the results of the other end, with the number of datagrams that it sent; null if not
///     known yet
public record DatagramDrain(
        List<OpenStream> receivers, @Nullable TestResults sender) implements Drain.Progress {
    /// Silence after which a path delivers nothing more: several times the pause of a wireless link or a
    /// busy host.
    private static final long MIN_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// Number of datagrams that must be missing in a row, on a slow path.
    private static final long SPACINGS = 10;

    /// Upper limit of the wait. iperf 3.15 and later wait 10 s for a byte of the results (net.c:
    /// nread_read_timeout), and the server's output may be requested in that time.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// Longest part of the wait that one step counts as silence: a host that stalled for longer has not
    /// received.
    private static final long MAX_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// Returns the wait of an end that knows how many datagrams were sent.
    ///
    /// @param sender the results of the other end
    public static AwaitedCondition until(TestResults sender, Measurement measurement, long nowNanos) {
        return of(sender, measurement, nowNanos);
    }

    /// Returns the wait of a client, which sends its results before the server sends how many datagrams
    /// it has sent. Does not wait if the test is limited and this end has received everything.
    public static AwaitedCondition untilSilent(TestConfig test, Measurement measurement, long nowNanos) {
        Long wanted = TransferLimit.limitBytes(test);
        boolean hasAll = wanted != null && measurement.countedBytes(StreamRole.RECEIVER) >= wanted;
        return hasAll ? AwaitedCondition.MET : of(null, measurement, nowNanos);
    }

    private static AwaitedCondition of(@Nullable TestResults sender, Measurement measurement, long nowNanos) {
        List<OpenStream> receivers = measurement.streams().stream()
                .filter(open -> open.stream() instanceof UdpReceiver)
                .toList();
        if (receivers.isEmpty()) {
            return AwaitedCondition.MET;
        }
        long silenceNanos = silenceNanos(receivers, measurement.runningNanos(nowNanos));
        var limits = new Drain.Limits(silenceNanos, MAX_NANOS, STEP_NANOS, MAX_STEP_NANOS, 0);
        return new Drain(new DatagramDrain(receivers, sender), limits, nowNanos);
    }

    /// Ten mean datagram intervals of the slowest stream, within the limits.
    private static long silenceNanos(List<OpenStream> receivers, long runningNanos) {
        long fewest = receivers.stream()
                .mapToLong(open -> open.stream().snapshot().packets())
                .filter(packets -> packets > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.clamp(SPACINGS * (runningNanos / fewest), MIN_SILENCE_NANOS, MAX_NANOS);
    }

    @Override
    public long position() {
        return receivers.stream()
                .mapToLong(open -> open.stream().snapshot().bytes())
                .sum();
    }

    @Override
    public boolean isComplete(long position) {
        return sender != null && receivers.stream().allMatch(open -> hasAll(open, sender));
    }

    private static boolean hasAll(OpenStream open, TestResults sender) {
        CounterSnapshot snapshot = open.stream().snapshot();
        TestResults.OfStream told = ResultsExchange.ofStream(open.info().id(), sender);
        return told != null
                && snapshot.lost() == 0
                && snapshot.packets() >= told.datagrams().packets();
    }
}
