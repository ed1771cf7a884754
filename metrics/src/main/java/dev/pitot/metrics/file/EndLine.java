package dev.pitot.metrics.file;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the members of a test's `end` line, and of its `error` line if it failed.
final class EndLine {
    private EndLine() {}

    /// iperf error that ended a test.
    ///
    /// @param reason the system's reason; empty if there is none
    /// @param byPeer true if the other end reported it
    record ErrorDetails(IperfError error, String reason, boolean byPeer) {}

    /// Returns the error of a test; null if it was completed, or cancelled by this end.
    ///
    /// @param role role of this end; null if it is unknown
    static @Nullable ErrorDetails error(Outcome outcome, @Nullable TestRole role) {
        return switch (outcome.ending()) {
            case Ending.Completed _, Ending.Cancelled _ -> null;
            case Ending.PeerTerminated _ ->
                new ErrorDetails(
                        role == TestRole.SERVER ? IperfError.CLIENT_TERMINATED : IperfError.SERVER_TERMINATED,
                        "",
                        true);
            case Ending.PeerGone _ -> new ErrorDetails(IperfError.CONTROL_CLOSED, "", false);
            case Ending.Busy _ -> new ErrorDetails(IperfError.BUSY, "", true);
            case Ending.Failed(IperfError error, String reason, boolean byPeer) ->
                new ErrorDetails(error, reason, byPeer);
        };
    }

    /// The two ends of a test, or of an attempted test.
    ///
    /// @param role role of this end; null if it is unknown
    /// @param peer the other end; null if it is unknown
    record RoleAndPeer(@Nullable TestRole role, @Nullable Endpoint peer) {
        /// Returns the parties from the test's start, or these if it did not start.
        RoleAndPeer orOf(@Nullable TestStart start) {
            return start == null ? this : new RoleAndPeer(start.role(), start.peer());
        }
    }

    static void parties(JsonLine line, RoleAndPeer parties) {
        Endpoint peer = parties.peer();
        line.string("role", parties.role() == null ? null : FieldValues.of(parties.role()));
        line.string("peer_host", peer == null ? null : peer.host());
        line.number("peer_port", peer == null ? null : (long) peer.port());
    }

    static void error(JsonLine line, ErrorDetails error) {
        line.integer("number", error.error().number());
        line.string("name", error.error().name());
        line.string("text", error.error().text(error.reason()));
        line.bool("by_peer", error.byPeer());
    }

    static void end(JsonLine line, Outcome outcome) {
        line.string("ending", kind(outcome.ending()));
        line.string("reason", outcome.ending() instanceof Ending.Cancelled(@Nullable String reason) ? reason : null);
        Summary summary = outcome.report().summary();
        line.objects("directions", summary == null ? List.of() : summary.directions(), direction -> {
            line.string("direction", FieldValues.of(direction.role()));
            line.object("sent", direction.sent(), total -> total(line, total, null));
            line.object("received", direction.received(), total -> total(line, total, direction.lostPercent()));
        });
        line.object("cpu_local", summary == null ? null : summary.localCpu(), cpu -> cpu(line, cpu));
        line.object("cpu_remote", summary == null ? null : summary.remoteCpu(), cpu -> cpu(line, cpu));
        Summary.Congestion congestion = summary == null ? null : summary.congestion();
        line.string("sender_congestion", congestion == null ? null : congestion.sender());
        line.string("receiver_congestion", congestion == null ? null : congestion.receiver());
    }

    private static String kind(Ending ending) {
        return switch (ending) {
            case Ending.Completed _ -> "completed";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.PeerTerminated _ -> "peer_terminated";
            case Ending.PeerGone _ -> "peer_gone";
            case Ending.Busy _ -> "busy";
            case Ending.Failed _ -> "failed";
        };
    }

    /// @param lostPercent lost datagrams in percent of all; null if this end does not know it
    private static void total(JsonLine line, Total total, @Nullable Double lostPercent) {
        Datagrams datagrams = total.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        line.integer("transferred_bytes", total.bytes());
        line.number("duration_seconds", total.seconds());
        line.number("bandwidth_bits_per_second", total.bitsPerSecond());
        line.number("tcp_retransmits", total.retransmits());
        line.number("udp_packets", datagrams == null ? null : datagrams.packets());
        line.number("udp_lost_packets", reception == null ? null : reception.lost());
        line.number("udp_lost_percent", lostPercent);
        line.number("udp_jitter_seconds", reception == null ? null : reception.jitterSeconds());
        line.number("udp_out_of_order_packets", reception == null ? null : reception.outOfOrder());
        line.number("udp_duplicate_packets", reception == null ? null : reception.duplicates());
    }

    private static void cpu(JsonLine line, CpuUsage cpu) {
        line.number("total_percent", cpu.total());
        line.number("user_percent", cpu.user());
        line.number("system_percent", cpu.system());
    }
}
