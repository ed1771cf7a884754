package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Reading;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.wire.json.TestResults;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The wait for datagrams that are still under way when the test is over. Its end is told on a
/// TCP connection, which may overtake them: in a queue that only UDP has to pass, or in the
/// kernel of a busy machine. Belongs to the session's thread.
///
/// @param sender the results of the other end, which tell how many datagrams it has sent; null if
///     they are not known yet
public record DatagramDrain(
        List<OpenStream> receivers, @Nullable TestResults sender) implements Drain.Progress {
    /// A path that has delivered nothing for so long has nothing more to deliver: several times what
    /// a wireless link or a busy machine pauses.
    private static final long MIN_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// On a slow path, as many datagrams must be missing in a row.
    private static final long SPACINGS = 10;

    /// However much still comes. iperf 3.15 and later wait 10 s for a byte of the results
    /// (net.c: nread_read_timeout), and what the server has printed may be asked for then.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// What one step counts at most: a machine that stood still for longer has not listened.
    private static final long MAX_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// The wait of an end that knows how many datagrams there were.
    ///
    /// @param sender the results of the other end
    public static AwaitedCondition until(TestResults sender, Measurement measurement, long nowNanos) {
        return of(sender, measurement, nowNanos);
    }

    /// The wait of a client, which has to tell its results before the server tells how many datagrams it
    /// has sent. None if the test is limited and this end has all.
    public static AwaitedCondition untilSilent(TestConfig test, Measurement measurement, long nowNanos) {
        Long wanted = LimitWatch.limitBytes(test);
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

    /// Ten mean spacings of the slowest stream, within the limits.
    private static long silenceNanos(List<OpenStream> receivers, long runningNanos) {
        long fewest = receivers.stream()
                .mapToLong(open -> open.stream().reading().packets())
                .filter(packets -> packets > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.clamp(SPACINGS * (runningNanos / fewest), MIN_SILENCE_NANOS, MAX_NANOS);
    }

    @Override
    public long position() {
        return receivers.stream()
                .mapToLong(open -> open.stream().reading().bytes())
                .sum();
    }

    @Override
    public boolean isComplete(long position) {
        return sender != null && receivers.stream().allMatch(open -> hasAll(open, sender));
    }

    private static boolean hasAll(OpenStream open, TestResults sender) {
        Reading reading = open.stream().reading();
        TestResults.OfStream told = ResultsExchange.ofStream(open.info().id(), sender);
        return told != null
                && reading.lost() == 0
                && reading.packets() >= told.datagrams().packets();
    }
}
