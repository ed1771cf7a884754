package dev.pitot.engine.latency;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.RoundTripStatistics.Percentiles;
import dev.pitot.model.result.TcpField;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lowest round trip of each connection, from all readings of the kernel's (tcpi_min_rtt): its own window is
/// 300 s by default (net.ipv4.tcp_min_rtt_wlen), so that in a longer test it forgets the idle ones. Belongs
/// to the session's thread.
final class KernelFloor {
    /// Key of the control connection; streams have theirs from 1.
    static final int CONTROL = 0;

    /// Value of the kernel before there was a round trip (linux/tcp.h: ~0U).
    private static final long NONE = 0xFFFF_FFFFL;

    private final Map<Integer, Long> micros = new HashMap<>();

    /// Takes a reading of a connection.
    ///
    /// @param connection the stream's number, or [#CONTROL]
    void look(int connection, KernelValues<TcpField> fields) {
        long now = fields.get(TcpField.MIN_RTT).orElse(NONE);
        if (now > 0 && now < NONE) {
            micros.merge(connection, now, Math::min);
        }
    }

    /// Returns the lowest round trip of a connection, if there was one.
    Optional<Duration> lowest(int connection) {
        return Optional.ofNullable(micros.get(connection)).map(value -> Duration.of(value, ChronoUnit.MICROS));
    }

    /// Returns the statistics of the connections' lowest round trips, without percentiles; null if there are
    /// none.
    @Nullable RoundTripStatistics statistics() {
        LongSummaryStatistics all =
                micros.values().stream().mapToLong(Long::longValue).summaryStatistics();
        return all.getCount() == 0
                ? null
                : new RoundTripStatistics(
                        LatencyMethod.KERNEL_MINIMUM,
                        all.getCount(),
                        all.getMin(),
                        all.getAverage(),
                        Percentiles.NONE,
                        all.getMax());
    }
}
