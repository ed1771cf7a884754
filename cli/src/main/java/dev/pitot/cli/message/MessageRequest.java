package dev.pitot.cli.message;

import dev.pitot.cli.address.HostPort;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.probe.FloodPlan;
import dev.pitot.message.probe.PingPlan;

/// The request of a command line of `pitot message`.
sealed interface MessageRequest {
    /// Show how it is used.
    ///
    /// @param text of the help
    record Help(String text) implements MessageRequest {}

    /// Answer probes.
    ///
    /// @param memoryBytes that the messages of all clients may take together
    record Serve(HostPort local, ProtocolOptions protocol, long memoryBytes, boolean asJson)
            implements MessageRequest {}

    /// Measure round trips.
    record Pings(HostPort server, PingPlan plan, ProtocolOptions protocol, boolean asJson) implements MessageRequest {}

    /// Measure how many messages go.
    record Floods(HostPort server, FloodPlan plan, ProtocolOptions protocol, boolean asJson)
            implements MessageRequest {}
}
