package dev.pitot.model.metric;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Total;
import dev.pitot.model.sample.Figures;
import dev.pitot.model.sample.TcpFigures;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that a counter counts in one direction of a test.
public enum Quantity {
    BYTES,
    /// Segments sent again; of senders.
    RETRANSMITS,
    /// Reordering that the kernel saw; of senders, and of intervals only.
    REORDERINGS,
    /// Datagrams, as all below; of senders.
    SENT,
    /// Of receivers, as all below; while loss is known.
    RECEIVED,
    LOST,
    REORDERED,
    DUPLICATE;

    /// What an interval adds, without what is unknown.
    static Map<Quantity, Long> of(StreamRole direction, Figures figures) {
        Map<Quantity, Long> amounts = of(direction, figures.bytes(), figures.retransmits(), figures.datagrams());
        TcpFigures tcp = figures.tcp();
        if (tcp != null) {
            amounts.put(REORDERINGS, tcp.reorderings());
        }
        return amounts;
    }

    /// What one end counted over a test, without what is unknown.
    static Map<Quantity, Long> of(StreamRole direction, Total total) {
        return of(direction, total.bytes(), total.retransmits(), total.datagrams());
    }

    private static Map<Quantity, Long> of(
            StreamRole direction, long bytes, @Nullable Long retransmits, @Nullable Datagrams datagrams) {
        Map<Quantity, Long> amounts = new EnumMap<>(Quantity.class);
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

    private static void addReception(Map<Quantity, Long> amounts, long packets, Datagrams.Reception reception) {
        Long lost = reception.lost();
        if (lost != null) {
            amounts.put(LOST, lost);
            amounts.put(RECEIVED, Math.max(0, packets - lost));
        }
        amounts.put(REORDERED, reception.outOfOrder());
        amounts.put(DUPLICATE, reception.duplicates());
    }
}
