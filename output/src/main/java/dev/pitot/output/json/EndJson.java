package dev.pitot.output.json;

import dev.pitot.model.finding.Findings;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.Total;
import dev.pitot.output.format.FileShare;
import dev.pitot.output.format.IperfTime;
import java.util.List;

/// The object `end`: the totals of a test, or an empty object if there are none.
final class EndJson {
    // In the order of directions, as IntervalJson.SUM_NAMES.
    private static final List<String> SUM_SUFFIXES = List.of("", "_bidir_reverse");

    private final CjsonWriter out;
    private final Summary summary;
    private final TestRole role;
    private final boolean ofDatagrams;
    private final Findings findings;

    private EndJson(CjsonWriter out, Summary summary, TestProgress progress) {
        this.out = out;
        this.summary = summary;
        role = progress.role();
        ofDatagrams = progress.isOfDatagrams();
        findings = progress.start() == null ? Findings.NONE : Findings.of(progress.start(), summary);
    }

    static void write(CjsonWriter out, TestProgress progress) {
        out.beginObject();
        Summary summary = progress.summary();
        if (summary != null) {
            new EndJson(out, summary, progress).writeMembers();
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
        writeCpu(summary.localCpu(), ZeroForUnknown.cpu(summary.remoteCpu()));
        String sender = summary.congestion().sender();
        if (sender != null) {
            out.member("sender_tcp_congestion", sender);
        }
        String receiver = summary.congestion().receiver();
        if (receiver != null) {
            out.member("receiver_tcp_congestion", receiver);
        }
        if (summary.evidence() != null) {
            out.name("pitot").beginObject().name("latency");
            new LatencyJson(out, role).write(summary.evidence().latency());
            new FindingsJson(out, role).write(findings);
            out.endObject();
        }
    }

    private void writeStream(Summary.OfStream stream) {
        Total sent = ZeroForUnknown.total(stream.sent(), stream.received());
        Total received = ZeroForUnknown.total(stream.received(), stream.sent());
        out.beginObject();
        if (ofDatagrams) {
            new EndDatagramsJson(out).writeStream(stream);
        } else {
            writeSender(stream, sent);
        }
        if (stream.file() != null) {
            writeFile(stream.file(), sent.bytes(), received.bytes());
        }
        if (!ofDatagrams) {
            writeReceiver(stream, received);
        }
        out.endObject();
    }

    private void writeSender(Summary.OfStream stream, Total sent) {
        out.name("sender").beginObject().member("socket", stream.stream().label());
        TotalJson.write(out, sent);
        if (sent.retransmits() != null) {
            out.member("retransmits", sent.retransmits());
            writeExtremes(ZeroForUnknown.extremes(stream.tcp()));
        }
        out.member("sender", stream.stream().role().isSender()).endObject();
    }

    private void writeReceiver(Summary.OfStream stream, Total received) {
        out.name("receiver").beginObject().member("socket", stream.stream().label());
        TotalJson.write(out, received, localSeconds());
        out.member("sender", stream.stream().role().isSender()).endObject();
    }

    // iperf 3.21 puts the local end's time into a receiver's `seconds`, even beside another
    // `end`, and takes it from the first stream (iperf_print_results: end_time).
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

    private void writeFile(FileCopy file, long sent, long received) {
        out.name("diskfile")
                .beginObject()
                .member("sent", sent)
                .member("received", received)
                .member("size", file.sizeBytes())
                .member("percent_sent", new FileShare(file, sent).percent())
                .member("percent_received", new FileShare(file, received).percent())
                .member("filename", file.name())
                .endObject();
    }

    private void writeSums(Summary.OfDirection direction, String suffix) {
        if (ofDatagrams) {
            new EndDatagramsJson(out).writeSums(direction, suffix);
            return;
        }
        StreamRole role = direction.role();
        Total sent = ZeroForUnknown.total(direction.sent(), direction.received());
        out.name("sum_sent" + suffix).beginObject();
        TotalJson.write(out, sent);
        if (sent.retransmits() != null) {
            out.member("retransmits", sent.retransmits());
        }
        out.member("sender", role.isSender()).endObject();
        out.name("sum_received" + suffix).beginObject();
        TotalJson.write(out, ZeroForUnknown.total(direction.received(), direction.sent()));
        out.member("sender", role.isSender()).endObject();
    }

    private void writeCpu(CpuUsage local, CpuUsage remote) {
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
