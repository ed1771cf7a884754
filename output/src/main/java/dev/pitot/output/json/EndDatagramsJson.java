package dev.pitot.output.json;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.output.format.IperfTime;
import org.jspecify.annotations.Nullable;

/// Writes the UDP part of `end`. For each stream iperf 3.21 writes one object that combines values
/// of both ends, and for each direction three: a combined one, which older programs read, and one
/// per end (iperf_api.c: iperf_print_results).
final class EndDatagramsJson {
    private final CjsonWriter out;

    EndDatagramsJson(CjsonWriter out) {
        this.out = out;
    }

    /// Writes the member `udp`: time, bytes and rate of the sender, all other values of the
    /// receiver. The loss is a percentage of the datagrams sent, and 0 % if that number is not
    /// known.
    void writeStream(Summary.OfStream stream) {
        Total sent = ZeroForUnknown.total(stream.sent(), stream.received());
        Datagrams.Reception reception = reception(stream.received());
        long sentPackets = packets(stream.sent());
        out.name("udp").beginObject().member("socket", stream.stream().label());
        TotalJson.write(out, sent);
        DatagramsJson.write(out, reception, first(sentPackets, packets(stream.received())), sentPackets);
        out.member("out_of_order", reception.outOfOrder());
        if (reception.duplicates() > 0) { // iperf has no such key: it counts duplicates as out of order
            out.member("duplicates", reception.duplicates());
        }
        out.member("sender", stream.stream().role().isSender()).endObject();
    }

    /// Writes the sums of one direction.
    ///
    /// @param suffix suffix of their names
    void writeSums(Summary.OfDirection direction, String suffix) {
        Total sent = ZeroForUnknown.total(direction.sent(), direction.received());
        Total received = ZeroForUnknown.total(direction.received(), direction.sent());
        Datagrams.Reception reception = reception(direction.received());
        long sentPackets = packets(direction.sent());
        long receivedPackets = packets(direction.received());
        long all = first(sentPackets, receivedPackets);

        out.name("sum" + suffix).beginObject();
        double receiverSeconds = IperfTime.seconds(received.nanos());
        TotalJson.writeTimes(out, receiverSeconds, receiverSeconds);
        TotalJson.writeAmount(out, sent);
        DatagramsJson.write(out, reception, all, all);
        out.member("sender", direction.role().isSender()).endObject();

        out.name("sum_sent" + suffix).beginObject();
        TotalJson.write(out, sent);
        DatagramsJson.write(out, ZeroForUnknown.reception(null), sentPackets, sentPackets);
        out.member("sender", true).endObject();

        out.name("sum_received" + suffix).beginObject();
        TotalJson.write(out, received);
        DatagramsJson.write(out, reception, receivedPackets, all);
        out.member("sender", false).endObject();
    }

    private static Datagrams.Reception reception(@Nullable Total received) {
        Datagrams datagrams = received == null ? null : received.datagrams();
        return ZeroForUnknown.reception(datagrams == null ? null : datagrams.reception());
    }

    private static long packets(@Nullable Total total) {
        return total == null ? 0 : ZeroForUnknown.packets(total.datagrams());
    }

    private static long first(long sent, long received) {
        return sent == 0 ? received : sent;
    }
}
