package dev.pitot.model.result;

import dev.pitot.model.config.Endpoint;

/// Data stream of a test.
///
/// @param id number on the wire, the same at both ends: 1, 3, 4, 5 … (iperf skips 2)
/// @param label number in this end's reports (iperf's socket number), unique among the running
///     tests of a process
/// @param role role of the local end
/// @param local address of the local socket
/// @param remote address of the remote socket
public record StreamInfo(int id, int label, StreamRole role, Endpoint local, Endpoint remote) {}
