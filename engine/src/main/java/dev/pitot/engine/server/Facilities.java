package dev.pitot.engine.server;

import dev.pitot.engine.session.StreamBudget;
import java.util.concurrent.Semaphore;

/// What the tests of one server share. Safe for any thread.
///
/// @param budget how many streams there may be
/// @param file the right to use the file of `-F`
/// @param datagrams where UDP streams come in
/// @param sctp where SCTP streams come in
/// @param synAck the traffic class of data connections that come in
/// @param waitingClients whether others wait for a place
record Facilities(
        StreamBudget budget,
        Semaphore file,
        DatagramDoor datagrams,
        SctpDoor sctp,
        SynAckTrafficClass synAck,
        WaitingClients waitingClients) {}
