package dev.pitot.metrics.file;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;

/// Field values for the parts of a context, capitalised as in iperf3-rs.
final class FieldValues {
    private FieldValues() {}

    static String of(TestRole role) {
        return switch (role) {
            case CLIENT -> "Client";
            case SERVER -> "Server";
        };
    }

    static String of(StreamRole direction) {
        return switch (direction) {
            case SENDER -> "Sender";
            case RECEIVER -> "Receiver";
        };
    }

    /// Returns the protocol name; MPTCP is reported as TCP, as in all reports.
    static String of(Protocol protocol) {
        return switch (protocol) {
            case TCP, MULTIPATH_TCP -> "Tcp";
            case UDP -> "Udp";
            case SCTP -> "Sctp";
        };
    }

    static String of(Direction direction) {
        return switch (direction) {
            case FORWARD -> "forward";
            case REVERSE -> "reverse";
            case BIDIRECTIONAL -> "bidirectional";
        };
    }
}
