package dev.pitot.output.json;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses intervals and totals from iperf's JSON.
///
/// @param complete true if this end knew the other's results; otherwise zeros mean unknown
record RecordedFigures(List<StreamInfo> streams, boolean complete) {
    Interval interval(JsonTree json) {
        var sums = new ArrayList<>(List.of(sum(json.object("sum"))));
        if (json.has("sum_bidir_reverse")) {
            sums.add(sum(json.object("sum_bidir_reverse")));
        }
        return new Interval(
                json.objects("streams").stream().map(this::part).toList(),
                sums,
                json.object("sum").bool("omitted"));
    }

    Summary summary(JsonTree end) {
        var directions = new ArrayList<>(List.of(direction(end, "")));
        if (end.has("sum_sent_bidir_reverse")) {
            directions.add(direction(end, "_bidir_reverse"));
        }
        JsonTree cpu = end.object("cpu_utilization_percent");
        return new Summary(
                end.objects("streams").stream().map(this::total).toList(),
                directions,
                cpu(cpu, "host"),
                complete ? cpu(cpu, "remote") : null,
                new Summary.Congestion(
                        end.stringOrNull("sender_tcp_congestion"), end.stringOrNull("receiver_tcp_congestion")),
                null);
    }

    private Interval.OfStream part(JsonTree json) {
        return new Interval.OfStream(
                stream(json),
                span(json),
                json.integer("bytes"),
                json.has("rtt") ? sample(json) : null,
                RecordedDatagrams.of(json),
                null);
    }

    private static TcpSample sample(JsonTree json) {
        return new TcpSample(
                json.integer("retransmits"),
                new TcpSample.SendWindow(json.integer("snd_cwnd"), json.integer("snd_wnd")),
                new TcpSample.RoundTrip(json.integer("rtt"), json.integer("rttvar")),
                json.integer("pmtu"),
                json.integer("reorder"));
    }

    private static Interval.Sum sum(JsonTree json) {
        return new Interval.Sum(
                role(json), span(json), json.integer("bytes"), retransmits(json), RecordedDatagrams.of(json));
    }

    private Summary.OfStream total(JsonTree json) {
        if (json.has("udp")) {
            return datagramTotal(json.object("udp"));
        }
        JsonTree sender = json.object("sender");
        StreamInfo stream = stream(sender);
        boolean sends = stream.role().isSender();
        return new Summary.OfStream(
                stream,
                complete || sends ? total(sender, "") : null,
                complete || !sends ? total(json.object("receiver"), "") : null,
                sender.has("max_rtt") ? extremes(sender) : null,
                json.has("diskfile") ? file(json.object("diskfile")) : null);
    }

    // The document does not contain the bytes that a stream's receiver counted.
    private Summary.OfStream datagramTotal(JsonTree json) {
        StreamInfo stream = stream(json);
        boolean sends = stream.role().isSender();
        long nanos = json.nanos("end");
        var sent = new Total(json.integer("bytes"), nanos, null, new Datagrams(json.integer("packets"), null));
        var received = new Total(0, nanos, null, RecordedDatagrams.of(json));
        return new Summary.OfStream(
                stream, complete || sends ? sent : null, complete || !sends ? received : null, null, null);
    }

    private static FileCopy file(JsonTree json) {
        return new FileCopy(json.string("filename"), json.integer("size"));
    }

    private static Summary.@Nullable TcpExtremes extremes(JsonTree json) {
        var roundTrips =
                new Summary.RoundTrips(json.integer("max_rtt"), json.integer("min_rtt"), json.integer("mean_rtt"));
        return roundTrips.maxMicros() == 0
                ? null // not known to a receiver
                : new Summary.TcpExtremes(
                        json.integer("max_snd_cwnd"), json.integer("max_snd_wnd"), roundTrips, json.integer("reorder"));
    }

    private Summary.OfDirection direction(JsonTree end, String suffix) {
        // for UDP, sum_sent and sum_received contain their own role
        StreamRole role = role(end.object((end.has("sum") ? "sum" : "sum_sent") + suffix));
        return new Summary.OfDirection(
                role,
                complete || role.isSender() ? total(end, "sum_sent" + suffix) : null,
                complete || !role.isSender() ? total(end, "sum_received" + suffix) : null);
    }

    private static Total total(JsonTree json, String name) {
        JsonTree total = name.isEmpty() ? json : json.object(name);
        Datagrams datagrams = RecordedDatagrams.of(total);
        return new Total(
                total.integer("bytes"),
                total.nanos("end"),
                retransmits(total),
                datagrams != null && total.bool("sender") ? new Datagrams(datagrams.packets(), null) : datagrams);
    }

    private StreamInfo stream(JsonTree json) {
        return streams.stream()
                .filter(stream -> stream.label() == json.small("socket"))
                .findFirst()
                .orElseThrow();
    }

    private static Span span(JsonTree json) {
        return new Span(json.nanos("start"), json.nanos("end"));
    }

    private static StreamRole role(JsonTree json) {
        return json.bool("sender") ? StreamRole.SENDER : StreamRole.RECEIVER;
    }

    private static @Nullable Long retransmits(JsonTree json) {
        return json.has("retransmits") ? json.integer("retransmits") : null;
    }

    private static CpuUsage cpu(JsonTree json, String end) {
        return new CpuUsage(json.number(end + "_total"), json.number(end + "_user"), json.number(end + "_system"));
    }
}
