package dev.pitot.model.metric;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.TcpMetrics;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Quantity counted in one direction of a test.
public enum CounterKind {
    BYTES,
    /// Retransmitted segments; senders only.
    RETRANSMITS,
    /// Reordering events seen by the kernel; senders only, and only from intervals.
    REORDERINGS,
    /// Datagrams, like all below; senders only.
    SENT,
    /// Receivers only, like all below; only if loss is known.
    RECEIVED,
    LOST,
    REORDERED,
    DUPLICATE;

    /// Returns the quantities of an interval, without unknown ones.
    static Map<CounterKind, Long> of(StreamRole direction, IntervalMetrics metrics) {
        Map<CounterKind, Long> amounts = of(direction, metrics.bytes(), metrics.retransmits(), metrics.datagrams());
        TcpMetrics tcp = metrics.tcp();
        if (tcp != null) {
            amounts.put(REORDERINGS, tcp.reorderings());
        }
        return amounts;
    }

    /// Returns the totals of one end of a test, without unknown ones.
    static Map<CounterKind, Long> of(StreamRole direction, Total total) {
        return of(direction, total.bytes(), total.retransmits(), total.datagrams());
    }

    private static Map<CounterKind, Long> of(
            StreamRole direction, long bytes, @Nullable Long retransmits, @Nullable Datagrams datagrams) {
        Map<CounterKind, Long> amounts = new EnumMap<>(CounterKind.class);
        amounts.put(BYTES, bytes);
        if (retransmits != null) {
            amounts.put(RETRANSMITS, retransmits);
        }
        if (datagrams == null) {
            return amounts;
        }
        if (direction.isSender()) {
            amounts.put(SENT, datagrams.packets());
        }
        Datagrams.Reception reception = datagrams.reception();
        if (reception != null && !direction.isSender()) {
            addReception(amounts, datagrams.packets(), reception);
        }
        return amounts;
    }

    private static void addReception(Map<CounterKind, Long> amounts, long packets, Datagrams.Reception reception) {
        Long lost = reception.lost();
        if (lost != null) {
            amounts.put(LOST, lost);
            amounts.put(RECEIVED, Math.max(0, packets - lost));
        }
        amounts.put(REORDERED, reception.outOfOrder());
        amounts.put(DUPLICATE, reception.duplicates());
    }
}
