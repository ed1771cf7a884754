package dev.pitot.output.json;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.model.time.Span;
import dev.pitot.output.format.IperfTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes an element of `intervals`.
final class IntervalJson {
    // In the order of directions; both ends give the client's sending direction the plain name.
    private static final List<String> SUM_NAMES = List.of("sum", "sum_bidir_reverse");
    private static final List<TcpField> FIELDS = List.of(TcpField.values());
    private static final int BITS_PER_BYTE = 8;

    private IntervalJson() {}

    static void write(CjsonWriter out, Interval interval) {
        out.beginObject().name("streams").beginArray();
        for (Interval.OfStream part : interval.streams()) {
            writeStream(out, part, interval.omitted());
        }
        out.endArray();
        for (int i = 0; i < interval.sums().size(); i++) {
            out.name(SUM_NAMES.get(i));
            writeSum(out, interval.sums().get(i), interval.omitted());
        }
        out.endObject();
    }

    private static void writeStream(CjsonWriter out, Interval.OfStream part, boolean omitted) {
        out.beginObject().member("socket", part.stream().label());
        writeMeasured(out, part.span(), part.bytes());
        TcpSample tcp = part.tcp();
        if (tcp != null) {
            out.member("retransmits", tcp.retransmits())
                    .member("snd_cwnd", tcp.window().congestionBytes())
                    .member("snd_wnd", tcp.window().peerBytes())
                    .member("rtt", tcp.roundTrip().smoothedMicros())
                    .member("rttvar", tcp.roundTrip().varianceMicros())
                    .member("pmtu", tcp.pathMtuBytes())
                    .member("reorder", tcp.reorderSeen());
        }
        writeDatagrams(out, part.datagrams(), part.stream().role());
        writeKind(out, omitted, part.stream().role());
        writeKernel(out, part.kernel());
        out.endObject();
    }

    /// Writes what iperf does not have, on one line in both layouts.
    private static void writeKernel(CjsonWriter out, @Nullable KernelValues<TcpField> kernel) {
        if (kernel != null) {
            CjsonWriter line =
                    CjsonWriter.compact().beginObject().name("tcp_info").beginObject();
            for (TcpField field : FIELDS) {
                kernel.get(field).ifPresent(value -> line.member(field.key(), value));
            }
            out.name("pitot").literal(line.endObject().endObject().toString());
        }
    }

    private static void writeSum(CjsonWriter out, Interval.Sum sum, boolean omitted) {
        out.beginObject();
        writeMeasured(out, sum.span(), sum.bytes());
        Long retransmits = sum.retransmits();
        if (retransmits != null) {
            out.member("retransmits", retransmits);
        }
        writeDatagrams(out, sum.datagrams(), sum.role());
        writeKind(out, omitted, sum.role());
        out.endObject();
    }

    private static void writeMeasured(CjsonWriter out, Span span, long bytes) {
        double seconds = IperfTime.duration(span);
        out.member("start", IperfTime.seconds(span.startNanos()))
                .member("end", IperfTime.seconds(span.endNanos()))
                .member("seconds", seconds)
                .member("bytes", bytes)
                .member("bits_per_second", IperfTime.rate(bytes, seconds) * BITS_PER_BYTE);
    }

    private static void writeDatagrams(CjsonWriter out, @Nullable Datagrams datagrams, StreamRole role) {
        if (datagrams == null) {
            return;
        }
        if (role.isSender()) {
            DatagramsJson.writeSent(out, datagrams);
        } else {
            DatagramsJson.writeReceived(out, datagrams);
        }
    }

    private static void writeKind(CjsonWriter out, boolean omitted, StreamRole role) {
        out.member("omitted", omitted).member("sender", role.isSender());
    }
}
