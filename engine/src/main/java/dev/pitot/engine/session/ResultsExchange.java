package dev.pitot.engine.session;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.json.SenderRetransmits;
import dev.pitot.wire.json.TestResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns what this end measured into the results message, and the peer's message into the other
/// half of the summary.
public final class ResultsExchange {
    private static final double NANOS_PER_SECOND = 1e9;

    private ResultsExchange() {}

    /// The results message of this end.
    public static TestResults own(Measurement measurement, @Nullable ServerOutput output) {
        List<TestResults.OfStream> streams = measurement.totals().stream()
                .map(stream -> {
                    Total total = ownTotal(stream);
                    return TestResults.OfStream.tcp(
                            stream.stream().id(), total.bytes(), total.retransmits(), total.seconds());
                })
                .toList();
        return new TestResults(
                measurement.cpu(), senderRetransmits(measurement), congestion(measurement), output, streams);
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

    /// The summary as far as this end alone knows it.
    public static Summary ownSummary(Measurement measurement) {
        String congestion = congestion(measurement);
        boolean hasSender = measurement.streams().stream()
                .anyMatch(open -> open.info().role().isSender());
        return summary(
                measurement.totals(),
                measurement.cpu(),
                null,
                hasSender ? new Summary.Congestion(congestion, null) : new Summary.Congestion(null, congestion));
    }

    /// The summary of both ends.
    ///
    /// @throws SessionFailure (error 208) if the peer tells of a stream that this test does not
    ///     have
    public static Summary bothSummary(Measurement measurement, TestResults peer) throws SessionFailure {
        List<Summary.OfStream> own = measurement.totals();
        Map<Integer, TestResults.OfStream> byId = peer.streams().stream()
                .collect(Collectors.toMap(TestResults.OfStream::id, Function.identity(), (a, _) -> a));
        for (Integer id : byId.keySet()) {
            if (own.stream().noneMatch(stream -> stream.stream().id() == id)) {
                throw SessionFailure.of(IperfError.STREAM_ID, "");
            }
        }
        List<Summary.OfStream> both = own.stream()
                .map(stream -> withPeer(stream, byId.get(stream.stream().id())))
                .toList();
        String congestion = congestion(measurement);
        boolean isSender = own.getFirst().stream().role().isSender();
        return summary(
                both,
                measurement.cpu(),
                peer.cpu(),
                isSender
                        ? new Summary.Congestion(congestion, peer.congestion())
                        : new Summary.Congestion(peer.congestion(), congestion));
    }

    private static Summary.OfStream withPeer(Summary.OfStream own, TestResults.@Nullable OfStream peer) {
        if (peer == null) {
            return own;
        }
        long nanos = peer.seconds() == null ? ownTotal(own).nanos() : Math.round(peer.seconds() * NANOS_PER_SECOND);
        return own.stream().role().isSender()
                ? new Summary.OfStream(own.stream(), own.sent(), new Total(peer.bytes(), nanos, null), own.tcp())
                : new Summary.OfStream(
                        own.stream(), new Total(peer.bytes(), nanos, peer.retransmits()), own.received(), own.tcp());
    }

    private static Summary summary(
            List<Summary.OfStream> streams, Cpu local, @Nullable Cpu remote, Summary.Congestion congestion) {
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
        return new Summary(streams, directions, local, remote, congestion);
    }

    /// Sum over streams, lasting as long as the first of them, as in iperf; null if one is
    /// unknown.
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
        return new Total(bytes, first.nanos(), retransmits);
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
        TcpConnection first = measurement.streams().getFirst().connection();
        return first.congestion();
    }
}
