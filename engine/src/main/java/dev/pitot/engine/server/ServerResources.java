package dev.pitot.engine.server;

import dev.pitot.engine.session.StreamBudget;
import java.util.concurrent.Semaphore;

/// Resources shared by the tests of one server. Safe for any thread.
///
/// @param budget limits the number of streams
/// @param file permit to use the file of `-F`
/// @param datagrams listener for UDP streams
/// @param sctp listener for SCTP streams
/// @param synAck traffic class of incoming data connections
/// @param waitingClients clients that wait for a slot
record ServerResources(
        StreamBudget budget,
        Semaphore file,
        UdpStreamListener datagrams,
        SctpStreamListener sctp,
        SynAckTrafficClass synAck,
        WaitingClients waitingClients) {}
