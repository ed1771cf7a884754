package dev.pitot.metrics;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import org.jspecify.annotations.Nullable;

/// What a direction lost over a whole test, the same in every format and in the report
/// (`lost_percent` of `sum`).
public final class FinalLoss {
    private static final double PERCENT = 100;

    private FinalLoss() {}

    /// Lost datagrams by all, 0..1; as [#percent].
    public static @Nullable Double ratio(Summary.OfDirection direction) {
        Double percent = percent(direction);
        return percent == null ? null : percent / PERCENT;
    }

    /// Lost datagrams in percent of all, 0..100, 0 where there are none; null where the loss is
    /// unknown. All are what the sender counted, or what the receiver knows of where the sender
    /// has not told.
    public static @Nullable Double percent(Summary.OfDirection direction) {
        Datagrams arrived = datagrams(direction.received());
        Datagrams.Reception reception = arrived == null ? null : arrived.reception();
        Long lost = reception == null ? null : reception.lost();
        if (arrived == null || lost == null) {
            return null;
        }
        Datagrams sent = datagrams(direction.sent());
        long all = sent == null || sent.packets() == 0 ? arrived.packets() : sent.packets();
        // the other end may say anything
        return all > 0 ? Math.clamp(PERCENT * lost / all, 0, PERCENT) : 0.0;
    }

    private static @Nullable Datagrams datagrams(@Nullable Total total) {
        return total == null ? null : total.datagrams();
    }
}
