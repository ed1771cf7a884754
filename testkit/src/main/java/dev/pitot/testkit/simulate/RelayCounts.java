package dev.pitot.testkit.simulate;

/// What a [UdpRelay] did to the datagrams of all its clients.
///
/// @param clients addresses that datagrams came from
/// @param up towards the server
/// @param down towards the clients
/// @param refused datagrams that could not be passed on: the system had no room, nobody listens
///     there, or there were too many clients
public record RelayCounts(int clients, PathCounts up, PathCounts down, long refused) {}
