package dev.pitot.engine.interval;

import dev.pitot.model.result.Datagrams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sum of the datagram counters of several streams.
public final class DatagramSum {
    private DatagramSum() {}

    /// Adds up the counters; the jitter is the mean, as in iperf. A value that is unknown for one stream
    /// is unknown in the sum.
    ///
    /// @return null if there are no datagram streams
    public static @Nullable Datagrams of(List<@Nullable Datagrams> streams) {
        long packets = 0;
        Long lost = 0L;
        long outOfOrder = 0;
        long duplicates = 0;
        double jitter = 0;
        int receivers = 0;
        for (Datagrams stream : streams) {
            if (stream == null) {
                return null;
            }
            packets += stream.packets();
            Datagrams.Reception reception = stream.reception();
            if (reception != null) {
                lost = lost == null || reception.lost() == null ? null : Long.valueOf(lost + reception.lost());
                outOfOrder += reception.outOfOrder();
                duplicates += reception.duplicates();
                jitter += reception.jitterSeconds();
                receivers++;
            }
        }
        if (streams.isEmpty()) {
            return null;
        }
        return new Datagrams(
                packets,
                receivers == 0 ? null : new Datagrams.Reception(lost, outOfOrder, duplicates, jitter / receivers));
    }
}
