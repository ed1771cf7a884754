package dev.pitot.engine.session;

import dev.pitot.engine.interval.DatagramSum;
import dev.pitot.engine.interval.ReceiveWindow;
import dev.pitot.engine.interval.StreamSnapshots;
import dev.pitot.engine.stream.CounterSnapshot;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.socket.Connection;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.json.SenderRetransmits;
import dev.pitot.wire.json.TestResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Converts this end's measurement into the results message, and the peer's message into the other half
/// of the summary.
public final class ResultsExchange {
    private static final double NANOS_PER_SECOND = 1e9;

    private ResultsExchange() {}

    /// Returns the results message of this end.
    ///
    /// @param peer the other end's results if already known: with them, datagrams lost at the very end
    ///     are reported too, which iperf3 clients cannot detect
    /// @param extension that both ends agreed on: only a Pitot is sent evidence
    public static TestResults own(
            Measurement measurement,
            @Nullable ServerOutput output,
            @Nullable TestResults peer,
            ProtocolExtension extension) {
        List<Summary.OfStream> totals = measurement.totals();
        List<StreamSnapshots> readings = measurement.readings();
        var streams = new ArrayList<TestResults.OfStream>();
        for (int i = 0; i < totals.size(); i++) {
            streams.add(ownStream(totals.get(i), readings.get(i), peer));
        }
        return new TestResults(
                measurement.cpu(),
                senderRetransmits(measurement),
                congestion(measurement),
                output,
                streams,
                extension.hasEvidence() ? EvidenceExchange.own(measurement.evidence()) : null);
    }

    private static TestResults.OfStream ownStream(
            Summary.OfStream stream, StreamSnapshots readings, @Nullable TestResults peer) {
        Total total = ownTotal(stream);
        int id = stream.stream().id();
        if (total.datagrams() == null) {
            return TestResults.OfStream.tcp(id, total.bytes(), total.retransmits(), total.seconds());
        }
        CounterSnapshot omitted = readings.omitted();
        long unseen = stream.stream().role().isSender() || peer == null ? 0 : unseen(id, readings.all(), peer);
        var datagrams = new TestResults.Datagrams(
                readings.all().jitterSeconds(),
                readings.all().lost() + unseen,
                readings.all().packets() + unseen,
                new TestResults.OmittedCounts(omitted.lost(), omitted.packets()));
        return TestResults.OfStream.udp(id, total.bytes(), datagrams, total.seconds());
    }

    /// Number of datagrams that were sent after the last one that arrived.
    private static long unseen(int id, CounterSnapshot all, TestResults peer) {
        TestResults.OfStream told = ofStream(id, peer);
        return told == null ? 0 : Math.max(0, told.datagrams().packets() - all.packets());
    }

    private static SenderRetransmits senderRetransmits(Measurement measurement) {
        List<Summary.OfStream> senders = measurement.totals().stream()
                .filter(stream -> stream.stream().role().isSender())
                .toList();
        if (senders.isEmpty()) {
            return SenderRetransmits.NO_SENDER;
        }
        return senders.stream().allMatch(stream -> ownTotal(stream).retransmits() != null)
                ? SenderRetransmits.COUNTED
                : SenderRetransmits.UNKNOWN;
    }

    /// Time for which the other end sent what this end received, from its results; 0 if they do not
    /// contain it, or it did not send.
    public static long sentNanos(Measurement measurement, TestResults peer) {
        double seconds = 0;
        for (OpenStream open : measurement.streams()) {
            TestResults.OfStream told = ofStream(open.info().id(), peer);
            if (!open.info().role().isSender() && told != null && told.seconds() != null) {
                seconds = Math.max(seconds, told.seconds());
            }
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    /// Returns the summary by this end's counters alone.
    ///
    /// @param peer the other end's results if already known: with them, datagrams lost at the very end
    ///     are counted too
    public static Summary ownSummary(Measurement measurement, @Nullable TestResults peer) {
        String congestion = congestion(measurement);
        boolean hasSender = measurement.streams().stream()
                .anyMatch(open -> open.info().role().isSender());
        List<Summary.OfStream> totals = measurement.totals();
        List<StreamSnapshots> readings = measurement.readings();
        var own = new ArrayList<Summary.OfStream>();
        for (int i = 0; i < totals.size(); i++) {
            own.add(peer == null ? totals.get(i) : ownHalf(totals.get(i), readings.get(i), peer));
        }
        return summary(
                own,
                measurement.cpu(),
                null,
                hasSender ? new Summary.Congestion(congestion, null) : new Summary.Congestion(null, congestion),
                evidence(measurement, peer));
    }

    private static Summary.OfStream ownHalf(Summary.OfStream own, StreamSnapshots readings, TestResults peer) {
        Summary.OfStream both = withPeer(own, readings, ofStream(own.stream().id(), peer));
        return own.stream().role().isSender()
                ? own
                : new Summary.OfStream(own.stream(), null, both.received(), own.tcp(), own.file());
    }

    static TestResults.@Nullable OfStream ofStream(int id, TestResults peer) {
        return peer.streams().stream()
                .filter(stream -> stream.id() == id)
                .findFirst()
                .orElse(null);
    }

    /// Returns the summary of both ends.
    ///
    /// @throws SessionFailure (error 208) if the peer reports a stream that this test does not have
    public static Summary bothSummary(Measurement measurement, TestResults peer) throws SessionFailure {
        List<Summary.OfStream> own = measurement.totals();
        Map<Integer, TestResults.OfStream> byId = peer.streams().stream()
                .collect(Collectors.toMap(TestResults.OfStream::id, Function.identity(), (a, _) -> a));
        for (Integer id : byId.keySet()) {
            if (own.stream().noneMatch(stream -> stream.stream().id() == id)) {
                throw SessionFailure.of(IperfError.STREAM_ID, "");
            }
        }
        List<StreamSnapshots> readings = measurement.readings();
        var both = new ArrayList<Summary.OfStream>();
        for (int i = 0; i < own.size(); i++) {
            Summary.OfStream stream = own.get(i);
            both.add(withPeer(stream, readings.get(i), byId.get(stream.stream().id())));
        }
        String congestion = congestion(measurement);
        boolean isSender = own.getFirst().stream().role().isSender();
        return summary(
                both,
                measurement.cpu(),
                peer.cpu(),
                isSender
                        ? new Summary.Congestion(congestion, peer.congestion())
                        : new Summary.Congestion(peer.congestion(), congestion),
                evidence(measurement, peer));
    }

    private static Evidence evidence(Measurement measurement, @Nullable TestResults peer) {
        Evidence own = measurement.evidence();
        return peer == null || peer.evidence() == null ? own : EvidenceExchange.both(own, peer.evidence());
    }

    private static Summary.OfStream withPeer(
            Summary.OfStream own, StreamSnapshots readings, TestResults.@Nullable OfStream peer) {
        if (peer == null) {
            return own;
        }
        Total known = ownTotal(own);
        boolean isSender = own.stream().role().isSender();
        long nanos = peer.seconds() == null ? known.nanos() : Math.round(peer.seconds() * NANOS_PER_SECOND);
        Total told = new Total(peer.bytes(), nanos, isSender ? null : peer.retransmits());
        if (known.datagrams() != null) {
            DatagramReconciliation ledger = isSender
                    ? DatagramReconciliation.ofSender(readings, peer.datagrams())
                    : DatagramReconciliation.ofReceiver(readings, peer.datagrams());
            long toldNanos = isSender ? Math.max(nanos, known.nanos()) : nanos;
            long knownNanos = isSender ? known.nanos() : ReceiveWindow.atLeast(known.nanos(), nanos);
            told = new Total(told.bytes(), toldNanos, null, isSender ? ledger.received() : ledger.sent());
            known = new Total(known.bytes(), knownNanos, null, isSender ? ledger.sent() : ledger.received());
        }
        return new Summary.OfStream(
                own.stream(), isSender ? known : told, isSender ? told : known, own.tcp(), own.file());
    }

    private static Summary summary(
            List<Summary.OfStream> streams,
            CpuUsage local,
            @Nullable CpuUsage remote,
            Summary.Congestion congestion,
            Evidence evidence) {
        var directions = new ArrayList<Summary.OfDirection>();
        List<StreamRole> roles = streams.stream()
                .map(stream -> stream.stream().role())
                .distinct()
                .toList();
        for (StreamRole role : roles) {
            List<Summary.OfStream> those = streams.stream()
                    .filter(stream -> stream.stream().role() == role)
                    .toList();
            directions.add(new Summary.OfDirection(
                    role, sum(those, Summary.OfStream::sent), sum(those, Summary.OfStream::received)));
        }
        return new Summary(streams, directions, local, remote, congestion, evidence);
    }

    /// Sum over streams, with the duration of the first of them, as in iperf; null if one is unknown.
    private static @Nullable Total sum(
            List<Summary.OfStream> streams, Function<Summary.OfStream, @Nullable Total> side) {
        Total first = side.apply(streams.getFirst());
        if (first == null) {
            return null;
        }
        long bytes = 0;
        Long retransmits = 0L;
        for (Summary.OfStream stream : streams) {
            Total total = side.apply(stream);
            if (total == null) {
                return null;
            }
            bytes += total.bytes();
            retransmits = retransmits == null || total.retransmits() == null
                    ? null
                    : Long.valueOf(retransmits + total.retransmits());
        }
        var datagrams = new ArrayList<@Nullable Datagrams>();
        for (Summary.OfStream stream : streams) {
            datagrams.add(Objects.requireNonNull(side.apply(stream)).datagrams());
        }
        return new Total(bytes, first.nanos(), retransmits, DatagramSum.of(datagrams));
    }

    private static Total ownTotal(Summary.OfStream stream) {
        Total total = stream.stream().role().isSender() ? stream.sent() : stream.received();
        if (total == null) {
            throw new IllegalStateException("an end always knows its own half of stream "
                    + stream.stream().id());
        }
        return total;
    }

    private static @Nullable String congestion(Measurement measurement) {
        Connection first = measurement.streams().getFirst().connection();
        return first instanceof TcpConnection tcp ? tcp.congestion() : null;
    }
}
