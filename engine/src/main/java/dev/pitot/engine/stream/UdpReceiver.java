package dev.pitot.engine.stream;

import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Receives the datagrams of one stream: counts received and lost datagrams and measures the jitter. It
/// is stopped when the other end has stopped sending; datagrams that are in the kernel's buffer then are
/// still counted, so that none that arrived is reported as lost. `transfer` belongs to the stream's
/// thread.
public final class UdpReceiver implements ReceivingStream {
    /// Time after which a peer that keeps sending no longer delays the end.
    private static final long MAX_DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int MAX_EMPTY = 3;

    /// Empty datagrams look like silence: they are not answered one by one.
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final UdpConnection connection;
    private final ReceiveTarget target;
    private final NanoClock clock;
    private final ByteBuffer block;
    private final @Nullable ReadReporter reporter;
    private final int datagramBytes;
    private final int headerBytes;
    private final boolean wide;
    private final SequenceTracker tracker = new SequenceTracker();
    private final Jitter jitter = new Jitter();
    private final DatagramCounters counters = new DatagramCounters();
    private long reportNanos;
    private volatile boolean stopped;
    private volatile boolean restartJitter;

    /// Creates a receiver.
    ///
    /// @param block direct, used by this stream alone; shorter than a datagram if the payload need not be
    ///     copied, long enough for many datagrams with offload
    /// @param reporter informs the sender, or null if the sender does not expect that
    public UdpReceiver(
            UdpConnection connection,
            StreamSettings settings,
            ReceiveTarget target,
            NanoClock clock,
            ByteBuffer block,
            @Nullable ReadReporter reporter) {
        this.connection = connection;
        this.target = target;
        this.clock = clock;
        this.block = block;
        this.reporter = reporter;
        datagramBytes = settings.blockBytes();
        wide = settings.datagrams().wideCounters();
        headerBytes = DatagramHeader.bytes(wide);
    }

    @Override
    public void transfer(long startNanos) throws IOException {
        if (reporter != null) {
            reportNanos = clock.nanoTime();
            reporter.report(0);
        }
        while (!stopped) {
            int n = connection.receive(block.clear());
            if (n < 0) {
                break;
            }
            take(n);
            report(n);
        }
        drain();
    }

    private void report(int arrived) {
        if (reporter == null) {
            return;
        }
        if (arrived == 0) {
            long now = clock.nanoTime();
            if (now - reportNanos >= REPORT_NANOS) {
                reportNanos = now;
                reporter.report(tracker.highest());
            }
        } else {
            reporter.onRead(tracker.highest());
        }
    }

    private void drain() throws IOException {
        long startNanos = clock.nanoTime();
        int nothing = 0; // empty datagrams count too: they look the same
        while (nothing < MAX_EMPTY && clock.nanoTime() - startNanos < MAX_DRAIN_NANOS) {
            int n = connection.receiveNow(block.clear());
            if (n < 0) {
                return;
            }
            nothing = n == 0 ? nothing + 1 : 0;
            take(n);
        }
    }

    /// Counts the datagrams of one call.
    ///
    /// @param arrived length of the datagram, or of several in a row; the block may hold less
    private void take(int arrived) {
        if (arrived < headerBytes) { // a repeated connect message, or nothing
            return;
        }
        long now = clock.nanoTime();
        if (restartJitter) {
            restartJitter = false;
            jitter.restart();
        }
        long highest = tracker.highest();
        int held = block.position();
        for (int offset = 0; offset + headerBytes <= held; ) {
            int count = DatagramHeader.trainLength(block, offset, held, datagramBytes, wide);
            tracker.onTrain(DatagramHeader.sequence(block, offset, wide), count, wide);
            jitter.onTrain(DatagramHeader.sentNanos(block, offset), now, count);
            offset += count * datagramBytes;
        }
        counters.onReceived(arrived, tracker, jitter.seconds(), now);
        target.onBytes((tracker.highest() - highest) * datagramBytes);
    }

    @Override
    public Duration blocked() {
        return Duration.ZERO;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void startCounting() {
        restartJitter = true;
    }

    @Override
    public CounterSnapshot snapshot() {
        return counters.read();
    }

    @Override
    public long firstNanos() {
        return counters.firstNanos();
    }

    @Override
    public long lastNanos() {
        return counters.lastNanos();
    }
}
