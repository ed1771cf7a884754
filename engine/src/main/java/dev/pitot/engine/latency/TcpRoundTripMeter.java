package dev.pitot.engine.latency;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.TcpInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Samples of the kernel's smoothed round-trip time (tcpi_rtt) of the sending TCP streams while they send.
/// Belongs to the session's thread, which asks when the next reading is due.
///
/// A reading asks at most [#STREAMS_PER_READING] streams, in turn, so that there are never more than 400
/// system calls per second. A stream's value counts only if the stream has received [#MIN_SEGMENTS] segments,
/// which are acknowledgements, since its value was last counted: a value that nothing was added to is stale,
/// and with the kernel's gain of 1/8 (RFC 6298) 4 acknowledgements replace 1 − (7/8)^4 = 41 % of it.
final class TcpRoundTripMeter {
    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    static final int STREAMS_PER_READING = 10;
    static final int MIN_SEGMENTS = 4;

    private static final long COUNTER_MASK = 0xFFFF_FFFFL; // tcpi_segs_in has 32 bits
    private static final long UNKNOWN = -1;
    private static final long NANOS_PER_MICRO = 1000;

    private final List<Reader> streams = new ArrayList<>();
    private final long cutNanos;
    private final RoundTripCollector collector = new RoundTripCollector(LatencyMethod.KERNEL_SMOOTHED);
    private long startNanos;
    private long dueNanos; // since the start
    private long samples;
    private int turn;

    /// @param open the streams of the test; those that receive are left out
    /// @param cutNanos time from the start of the streams that does not count
    /// @param floor receives the streams' lowest round trips
    TcpRoundTripMeter(List<OpenStream> open, long cutNanos, KernelFloor floor) {
        this.cutNanos = cutNanos;
        dueNanos = cutNanos;
        for (OpenStream stream : open) {
            TcpInfo info = stream.info().role().isSender() ? stream.tcpInfo() : null;
            if (info != null && info.fields().get(TcpField.SEGS_IN).isPresent()) {
                streams.add(new Reader(stream, floor));
            }
        }
    }

    /// True if there is a stream whose kernel reports round trips.
    boolean canMeasure() {
        return !streams.isEmpty();
    }

    /// Number of moments at which a value counted.
    long samples() {
        return samples;
    }

    void start(long nowNanos) {
        startNanos = nowNanos;
    }

    /// Nanoseconds until the next reading; `Long.MAX_VALUE` if there is none.
    long nanosUntilDue(long nowNanos) {
        return streams.isEmpty() ? Long.MAX_VALUE : Math.max(0, dueNanos - (nowNanos - startNanos));
    }

    /// Takes a reading if one is due. One that was missed is not made up for.
    void lookIfDue(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        if (streams.isEmpty() || elapsed < dueNanos) {
            return;
        }
        dueNanos = elapsed - (elapsed - cutNanos) % PERIOD_NANOS + PERIOD_NANOS;
        boolean counted = false;
        for (int i = 0; i < Math.min(STREAMS_PER_READING, streams.size()); i++) {
            counted |= streams.get(turn).read();
            turn = (turn + 1) % streams.size();
        }
        samples += counted ? 1 : 0;
    }

    /// Returns the statistics so far, or null if no value counted. Their number of samples is that of
    /// moments: what several streams see at one moment is one queue.
    @Nullable RoundTripStatistics statistics() {
        return collector.statistics(samples);
    }

    /// Reader of one stream.
    private final class Reader {
        private final OpenStream stream;
        private final KernelFloor floor;
        private long countedSegments = UNKNOWN;

        Reader(OpenStream stream, KernelFloor floor) {
            this.stream = stream;
            this.floor = floor;
        }

        /// Returns true if the value counted.
        boolean read() {
            TcpInfo info = stream.tcpInfo();
            if (info == null) {
                return false; // the connection is gone
            }
            KernelValues<TcpField> fields = info.fields();
            floor.look(stream.info().id(), fields);
            OptionalLong segments = fields.get(TcpField.SEGS_IN);
            OptionalLong micros = fields.get(TcpField.RTT);
            if (segments.isEmpty() || micros.isEmpty()) {
                return false;
            }
            boolean isFirst = countedSegments == UNKNOWN; // nobody knows how old its value is
            if (!isFirst && ((segments.getAsLong() - countedSegments) & COUNTER_MASK) < MIN_SEGMENTS) {
                return false;
            }
            countedSegments = segments.getAsLong();
            if (!isFirst) {
                collector.add(micros.getAsLong() * NANOS_PER_MICRO);
            }
            return !isFirst && micros.getAsLong() > 0;
        }
    }
}
