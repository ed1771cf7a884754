package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Reading;
import dev.pitot.engine.stream.UdpReceiver;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.NanoClock;
import dev.pitot.wire.json.TestResults;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The wait for datagrams that are still under way when the test is over. Its end is told on a
/// TCP connection, which may overtake them: in a queue that only UDP has to pass, or in the
/// kernel of a busy machine. Belongs to the session's thread.
public final class DatagramDrain {
    /// A path that has delivered nothing for so long has nothing more to deliver: several times what
    /// a wireless link or a busy machine pauses.
    private static final long MIN_SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /// On a slow path, as many datagrams must be missing in a row.
    private static final long SPACINGS = 10;

    /// However much still comes. iperf 3.15 and later wait 10 s for a byte of the results
    /// (net.c: nread_read_timeout), and what the server has printed may be asked for then.
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long STEP_MILLIS = 2;

    /// What one step counts at most: a machine that stood still for longer has not listened.
    private static final long MAX_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Measurement measurement;
    private final List<OpenStream> receivers;
    private final NanoClock clock;

    /// A wait for what the streams of a measurement still receive; none if they do not receive
    /// datagrams.
    public DatagramDrain(Measurement measurement, NanoClock clock) {
        this.measurement = measurement;
        this.clock = clock;
        receivers = measurement.streams().stream()
                .filter(open -> open.stream() instanceof UdpReceiver)
                .toList();
    }

    /// Returns when everything has arrived, or the path has been silent.
    ///
    /// @param sender the results of the other end, which tell how many datagrams it has sent; null if
    ///     they are not known yet
    /// @param isUnwanted whether the test has been cancelled, or the other end is gone
    public void await(@Nullable TestResults sender, BooleanSupplier isUnwanted) throws InterruptedException {
        if (receivers.isEmpty()) {
            return;
        }
        long startNanos = clock.nanoTime();
        long silenceNanos = silenceNanos(startNanos);
        long silentNanos = 0;
        long lookNanos = startNanos;
        long bytes = bytes();
        while (!hasAll(sender)
                && !isUnwanted.getAsBoolean()
                && silentNanos < silenceNanos
                && lookNanos - startNanos < MAX_NANOS) {
            Thread.sleep(STEP_MILLIS);
            long now = clock.nanoTime();
            long bytesNow = bytes();
            silentNanos = bytesNow == bytes ? silentNanos + Math.min(now - lookNanos, MAX_STEP_NANOS) : 0;
            bytes = bytesNow;
            lookNanos = now;
        }
    }

    /// The wait of a client, which has to tell its results before the server tells how many datagrams it
    /// has sent. None if the test is limited and this end has all.
    public void awaitSilence(TestConfig test, BooleanSupplier isUnwanted) throws InterruptedException {
        Long wanted = LimitWatch.limitBytes(test);
        if (wanted == null || measurement.countedBytes(StreamRole.RECEIVER) < wanted) {
            await(null, isUnwanted);
        }
    }

    /// Ten mean spacings of the slowest stream, within the limits.
    private long silenceNanos(long nowNanos) {
        long fewest = receivers.stream()
                .mapToLong(open -> open.stream().reading().packets())
                .filter(packets -> packets > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.clamp(SPACINGS * (measurement.runningNanos(nowNanos) / fewest), MIN_SILENCE_NANOS, MAX_NANOS);
    }

    private long bytes() {
        return receivers.stream()
                .mapToLong(open -> open.stream().reading().bytes())
                .sum();
    }

    private boolean hasAll(@Nullable TestResults sender) {
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
