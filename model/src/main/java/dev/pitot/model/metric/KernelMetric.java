package dev.pitot.model.metric;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.sample.IntervalMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// TCP_INFO values that are metrics: a dozen of senders and three of receivers. All other fields are in
/// JSON lines only, so that a test adds few time series.
public enum KernelMetric {
    BUSY(TcpField.BUSY_TIME, StreamRole.SENDER),
    RECEIVE_WINDOW_LIMITED(TcpField.RWND_LIMITED, StreamRole.SENDER),
    SEND_BUFFER_LIMITED(TcpField.SNDBUF_LIMITED, StreamRole.SENDER),
    SENT(TcpField.BYTES_SENT, StreamRole.SENDER),
    RETRANSMITTED(TcpField.BYTES_RETRANS, StreamRole.SENDER),
    DELIVERED_SEGMENTS(TcpField.DELIVERED, StreamRole.SENDER),
    ECN_MARKED_SEGMENTS(TcpField.DELIVERED_CE, StreamRole.SENDER),
    DUPLICATE_SEGMENTS(TcpField.DSACK_DUPS, StreamRole.SENDER),
    TIMEOUTS(TcpField.TOTAL_RTO, StreamRole.SENDER),
    MIN_RTT(TcpField.MIN_RTT, StreamRole.SENDER),
    DELIVERY_RATE(TcpField.DELIVERY_RATE, StreamRole.SENDER),
    UNSENT(TcpField.NOTSENT_BYTES, StreamRole.SENDER),
    OUT_OF_ORDER_SEGMENTS(TcpField.RCV_OOOPACK, StreamRole.RECEIVER),
    RECEIVE_RTT(TcpField.RCV_RTT, StreamRole.RECEIVER),
    RECEIVE_WINDOW(TcpField.RCV_WND, StreamRole.RECEIVER);

    private static final double MICROS_PER_SECOND = 1e6;

    private final TcpField field;
    private final StreamRole direction;

    KernelMetric(TcpField field, StreamRole direction) {
        this.field = field;
        this.direction = direction;
    }

    /// Returns the metrics that grow, or those that are states.
    public static List<KernelMetric> all(boolean isCounter) {
        return Arrays.stream(values())
                .filter(metric -> metric.isCounter() == isCounter)
                .toList();
    }

    /// Returns the name without a prefix, a unit and a suffix, such as `receive_window`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns one sentence about the value, with the kernel's name.
    public String help() {
        String meaning = field.meaning();
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + " (tcpi_" + field.key() + ").";
    }

    /// True for a counter, false for a state.
    public boolean isCounter() {
        return field.isCounter();
    }

    /// Returns the base unit.
    public MetricUnit unit() {
        return switch (field.unit()) {
            case MICROSECONDS -> MetricUnit.SECONDS;
            case BYTES -> MetricUnit.BYTES;
            case BYTES_PER_SECOND -> MetricUnit.BYTES_PER_SECOND;
            case SEGMENTS -> MetricUnit.SEGMENTS;
            case MILLISECONDS, EVENTS, BITS, CODE, FLAG -> MetricUnit.EVENTS;
        };
    }

    /// Units of metrics.
    public enum MetricUnit {
        SECONDS,
        BYTES,
        BYTES_PER_SECOND,
        SEGMENTS,
        EVENTS
    }

    /// Returns the value of one direction in the base unit, 0 or more; empty if it is unknown, or belongs to the
    /// other direction.
    public OptionalDouble of(StreamRole role, IntervalMetrics metrics) {
        KernelValues<TcpField> kernel = metrics.kernel();
        OptionalLong value = role == direction && kernel != null ? kernel.get(field) : OptionalLong.empty();
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, inBaseUnit(value.getAsLong())));
    }

    private double inBaseUnit(long value) {
        return unit() == MetricUnit.SECONDS ? value / MICROS_PER_SECOND : value;
    }
}
