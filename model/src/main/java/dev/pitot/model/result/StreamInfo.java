package dev.pitot.model.result;

import dev.pitot.model.config.Endpoint;

/// One data stream of a test.
///
/// @param id its number on the wire, the same at both ends: 1, 3, 4, 5 … (iperf skips 2)
/// @param label what reports call it at this end (iperf's socket number), unique among the
/// running tests of a process
/// @param role what the local end does on it
/// @param local address of the local socket
/// @param remote address of the other end's
public record StreamInfo(int id, int label, StreamRole role, Endpoint local, Endpoint remote) {}
