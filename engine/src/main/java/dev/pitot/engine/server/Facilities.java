package dev.pitot.engine.server;

import dev.pitot.engine.session.StreamBudget;

/// What the tests of one server share. Safe for any thread.
///
/// @param budget how many streams there may be
/// @param datagrams where UDP streams come in
/// @param sctp where SCTP streams come in
record Facilities(StreamBudget budget, DatagramDoor datagrams, SctpDoor sctp) {}
