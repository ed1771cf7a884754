package dev.pitot.engine.session;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamRole;
import dev.pitot.wire.json.PeerEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Converts this end's evidence into what the other end is sent, and the peer's into the other half of this
/// end's.
final class EvidenceExchange {
    private EvidenceExchange() {}

    /// Returns what this end alone knows, for the other end.
    static PeerEvidence own(Evidence evidence) {
        var streams = new ArrayList<PeerEvidence.OfStream>();
        for (Evidence.OfStream stream : evidence.streams()) {
            boolean isSender = stream.stream().role().isSender();
            Evidence.EndOfStream end = isSender ? stream.sender() : stream.receiver();
            if (end != null) {
                streams.add(new PeerEvidence.OfStream(stream.stream().id(), end));
            }
        }
        List<RoundTripStatistics> loaded = evidence.latency().directions().stream()
                .filter(direction -> direction.role().isSender())
                .flatMap(direction -> direction.loaded().stream())
                .toList();
        Evidence.OfDirection sending = evidence.directions().stream()
                .filter(direction -> direction.role().isSender())
                .findFirst()
                .orElse(null);
        return new PeerEvidence(
                streams,
                loaded,
                sending == null ? null : sending.losses(),
                sending == null ? null : sending.rates(),
                sending == null ? null : sending.drainedShare(),
                evidence.hosts().local());
    }

    /// Returns this end's evidence together with the other end's, whose values are within their ranges but
    /// need not be true. What only the peer can know is taken from it; what this end has measured is kept.
    static Evidence both(Evidence own, PeerEvidence peer) {
        Map<Integer, Evidence.EndOfStream> ends = peer.streams().stream()
                .collect(Collectors.toMap(PeerEvidence.OfStream::id, PeerEvidence.OfStream::end, (first, _) -> first));
        return new Evidence(
                latency(own.latency(), peer),
                own.streams().stream()
                        .map(stream -> stream(stream, ends.get(stream.stream().id())))
                        .toList(),
                own.directions().stream()
                        .map(direction -> direction(direction, peer))
                        .toList(),
                new Evidence.Hosts(own.hosts().local(), peer.host()));
    }

    private static Latency latency(Latency own, PeerEvidence peer) {
        return new Latency(
                own.idle(),
                own.directions().stream()
                        .map(direction -> direction(direction, peer.loaded()))
                        .toList(),
                own.echo(),
                own.target());
    }

    /// Adds the sending end's statistics to a direction in which this end receives, each method once.
    private static DirectionLatency direction(DirectionLatency own, List<RoundTripStatistics> told) {
        if (own.role().isSender() || told.isEmpty()) {
            return own;
        }
        Map<?, RoundTripStatistics> known = own.loaded().stream()
                .collect(Collectors.toMap(RoundTripStatistics::method, Function.identity(), (first, _) -> first));
        var loaded = new ArrayList<>(own.loaded());
        told.stream()
                .filter(statistics -> !known.containsKey(statistics.method()))
                .forEach(loaded::add);
        String obstacle = own.unavailable();
        return DirectionLatency.of(own.role(), loaded, obstacle == null ? "" : obstacle);
    }

    private static Evidence.OfStream stream(Evidence.OfStream own, Evidence.@Nullable EndOfStream told) {
        boolean isSender = own.stream().role().isSender();
        return new Evidence.OfStream(own.stream(), isSender ? own.sender() : told, isSender ? told : own.receiver());
    }

    private static Evidence.OfDirection direction(Evidence.OfDirection own, PeerEvidence peer) {
        return own.role() == StreamRole.SENDER
                ? own
                : new Evidence.OfDirection(
                        own.role(),
                        peer.losses(),
                        own.rates() == null ? peer.rates() : own.rates(),
                        peer.drainedShare());
    }
}
