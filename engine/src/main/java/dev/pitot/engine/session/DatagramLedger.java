package dev.pitot.engine.session;

import dev.pitot.engine.interval.StreamReadings;
import dev.pitot.engine.stream.Reading;
import dev.pitot.model.result.Datagrams;
import dev.pitot.wire.json.TestResults;

/// The datagrams of one stream by the books of both ends. Whoever receives cannot know of
/// datagrams lost at the very end, since none came after them that would show a gap; what was
/// sent and did not arrive is lost, wherever in the test that was. (iperf 3.21 reports the
/// receiver's gaps alone.)
///
/// @param sent in the counted part, as the sender says
/// @param received in the counted part: of `packets`, `lost` did not arrive
record DatagramLedger(Datagrams sent, Datagrams received) {
    /// The books of a sender, completed by its receiver's.
    static DatagramLedger ofSender(StreamReadings own, TestResults.Datagrams receiver) {
        var sent = new Datagrams(own.all().packets() - own.omitted().packets(), null);
        TestResults.Omitted omitted = receiver.omitted();
        if (omitted == null && own.omitted().packets() > 0) {
            // iperf before 3.14 does not say what of its losses belongs to the warm-up
            boolean isUnknown = receiver.errors() > 0;
            return new DatagramLedger(
                    sent,
                    new Datagrams(
                            sent.packets(),
                            new Datagrams.Reception(isUnknown ? null : 0L, 0, 0, receiver.jitterSeconds())));
        }
        long omittedLost = omitted == null ? 0 : omitted.errors();
        long omittedPackets = omitted == null ? 0 : omitted.packets();
        var books = new Books(receiver.packets(), receiver.errors(), omittedPackets, omittedLost);
        return new DatagramLedger(sent, books.received(own.all().packets(), 0, 0, receiver.jitterSeconds()));
    }

    /// The books of a receiver, completed by its sender's.
    static DatagramLedger ofReceiver(StreamReadings own, TestResults.Datagrams sender) {
        Reading all = own.all();
        Reading omitted = own.omitted();
        long omittedPackets =
                sender.omitted() == null ? omitted.packets() : sender.omitted().packets();
        var sent = new Datagrams(Math.max(0, sender.packets() - omittedPackets), null);
        var books = new Books(all.packets(), all.lost(), omitted.packets(), omitted.lost());
        Reading counted = all.since(omitted);
        return new DatagramLedger(
                sent,
                books.received(sender.packets(), counted.outOfOrder(), counted.duplicates(), all.jitterSeconds()));
    }

    /// What a receiver counted, warm-up included.
    ///
    /// @param highest sequence number
    private record Books(long highest, long lost, long omittedPackets, long omittedLost) {
        /// @param sentPackets by the sender's books, warm-up included
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
