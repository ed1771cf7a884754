package dev.pitot.output.json;

import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.output.IperfTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The object `end`: the totals of a test, or an empty object if it never came to any.
final class EndJson {
    // In the order of directions, as IntervalJson.SUM_NAMES.
    private static final List<String> SUM_SUFFIXES = List.of("", "_bidir_reverse");
    private static final int BITS_PER_BYTE = 8;

    private final CjsonWriter out;
    private final Summary summary;

    private EndJson(CjsonWriter out, Summary summary) {
        this.out = out;
        this.summary = summary;
    }

    static void write(CjsonWriter out, @Nullable Summary summary) {
        out.beginObject();
        if (summary != null) {
            new EndJson(out, summary).writeMembers();
        }
        out.endObject();
    }

    private void writeMembers() {
        out.name("streams").beginArray();
        summary.streams().forEach(this::writeStream);
        out.endArray();
        for (int i = 0; i < summary.directions().size(); i++) {
            writeSums(summary.directions().get(i), SUM_SUFFIXES.get(i));
        }
        writeCpu(summary.localCpu(), Absent.cpu(summary.remoteCpu()));
        String sender = summary.congestion().sender();
        if (sender != null) {
            out.member("sender_tcp_congestion", sender);
        }
        String receiver = summary.congestion().receiver();
        if (receiver != null) {
            out.member("receiver_tcp_congestion", receiver);
        }
    }

    private void writeStream(Summary.OfStream stream) {
        StreamRole role = stream.stream().role();
        Total sent = Absent.total(stream.sent(), stream.received());
        Total received = Absent.total(stream.received(), stream.sent());
        out.beginObject();
        out.name("sender").beginObject().member("socket", stream.stream().label());
        writeTotal(sent, IperfTime.seconds(sent.nanos()));
        if (sent.retransmits() != null) {
            out.member("retransmits", sent.retransmits());
            writeExtremes(Absent.extremes(stream.tcp()));
        }
        out.member("sender", role.isSender()).endObject();
        out.name("receiver").beginObject().member("socket", stream.stream().label());
        writeTotal(received, localSeconds());
        out.member("sender", role.isSender()).endObject().endObject();
    }

    // iperf 3.21 puts the local end's time into a receiver's `seconds`, even beside another `end`, and takes
    // it from the first stream (iperf_print_results: end_time).
    private double localSeconds() {
        Summary.OfStream first = summary.streams().getFirst();
        Total local = first.stream().role().isSender() ? first.sent() : first.received();
        return local == null ? 0 : IperfTime.seconds(local.nanos());
    }

    private void writeExtremes(Summary.TcpExtremes tcp) {
        out.member("reorder", tcp.reorderSeen())
                .member("max_snd_cwnd", tcp.maxCongestionBytes())
                .member("max_snd_wnd", tcp.maxPeerBytes())
                .member("max_rtt", tcp.roundTrip().maxMicros())
                .member("min_rtt", tcp.roundTrip().minMicros())
                .member("mean_rtt", tcp.roundTrip().meanMicros());
    }

    private void writeSums(Summary.OfDirection direction, String suffix) {
        Total sent = Absent.total(direction.sent(), direction.received());
        out.name("sum_sent" + suffix).beginObject();
        writeTotal(sent, IperfTime.seconds(sent.nanos()));
        if (sent.retransmits() != null) {
            out.member("retransmits", sent.retransmits());
        }
        out.member("sender", direction.role().isSender()).endObject();
        Total received = Absent.total(direction.received(), direction.sent());
        out.name("sum_received" + suffix).beginObject();
        writeTotal(received, IperfTime.seconds(received.nanos()));
        out.member("sender", direction.role().isSender()).endObject();
    }

    private void writeTotal(Total total, double seconds) {
        double end = IperfTime.seconds(total.nanos());
        out.member("start", 0)
                .member("end", end)
                .member("seconds", seconds)
                .member("bytes", total.bytes())
                .member("bits_per_second", IperfTime.rate(total.bytes(), end) * BITS_PER_BYTE);
    }

    private void writeCpu(Cpu local, Cpu remote) {
        out.name("cpu_utilization_percent")
                .beginObject()
                .member("host_total", local.total())
                .member("host_user", local.user())
                .member("host_system", local.system())
                .member("remote_total", remote.total())
                .member("remote_user", remote.user())
                .member("remote_system", remote.system())
                .endObject();
    }
}
