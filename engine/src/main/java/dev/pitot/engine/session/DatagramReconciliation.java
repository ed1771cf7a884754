package dev.pitot.engine.session;

import dev.pitot.engine.interval.StreamSnapshots;
import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.model.result.Datagrams;
import dev.pitot.wire.json.TestResults;

/// Datagrams of one stream by the counters of both ends. The receiver cannot detect datagrams lost at the
/// very end, because no later one shows the gap; every datagram that was sent and did not arrive is lost,
/// wherever in the test. (iperf 3.21 reports the receiver's gaps alone.)
///
/// @param sent in the counted part, by the sender's counter
/// @param received in the counted part: of `packets`, `lost` did not arrive
record DatagramReconciliation(Datagrams sent, Datagrams received) {
    /// Returns the counters of a sender, completed by its receiver's.
    static DatagramReconciliation ofSender(StreamSnapshots own, TestResults.Datagrams receiver) {
        var sent = new Datagrams(own.all().packets() - own.omitted().packets(), null);
        TestResults.OmittedCounts omitted = receiver.omitted();
        if (omitted == null && own.omitted().packets() > 0) {
            // iperf before 3.14 does not report how many of its losses belong to the warm-up
            boolean isUnknown = receiver.errors() > 0;
            return new DatagramReconciliation(
                    sent,
                    new Datagrams(
                            sent.packets(),
                            new Datagrams.Reception(isUnknown ? null : 0L, 0, 0, receiver.jitterSeconds())));
        }
        long omittedLost = omitted == null ? 0 : omitted.errors();
        long omittedPackets = omitted == null ? 0 : omitted.packets();
        var countsOfBothEnds = new CountsOfBothEnds(receiver.packets(), receiver.errors(), omittedPackets, omittedLost);
        return new DatagramReconciliation(
                sent, countsOfBothEnds.received(own.all().packets(), 0, 0, receiver.jitterSeconds()));
    }

    /// Returns the counters of a receiver, completed by its sender's.
    static DatagramReconciliation ofReceiver(StreamSnapshots own, TestResults.Datagrams sender) {
        CounterSnapshot all = own.all();
        CounterSnapshot omitted = own.omitted();
        long omittedPackets =
                sender.omitted() == null ? omitted.packets() : sender.omitted().packets();
        var sent = new Datagrams(Math.max(0, sender.packets() - omittedPackets), null);
        var countsOfBothEnds = new CountsOfBothEnds(all.packets(), all.lost(), omitted.packets(), omitted.lost());
        CounterSnapshot counted = all.since(omitted);
        return new DatagramReconciliation(
                sent,
                countsOfBothEnds.received(
                        sender.packets(), counted.outOfOrder(), counted.duplicates(), all.jitterSeconds()));
    }

    /// Counters of a receiver, warm-up included.
    ///
    /// @param highest sequence number
    private record CountsOfBothEnds(long highest, long lost, long omittedPackets, long omittedLost) {
        /// @param sentPackets by the sender's counter, warm-up included
        Datagrams received(long sentPackets, long outOfOrder, long duplicates, double jitterSeconds) {
            long unseen = Math.max(0, sentPackets - highest); // by the receiver, at the end
            long countedLost = Math.max(0, lost - omittedLost) + unseen;
            long countedPackets = Math.max(0, highest - omittedPackets) + unseen;
            return new Datagrams(
                    countedPackets,
                    new Datagrams.Reception(
                            Math.min(countedLost, countedPackets), outOfOrder, duplicates, jitterSeconds));
        }
    }
}
