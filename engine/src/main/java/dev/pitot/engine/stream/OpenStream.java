package dev.pitot.engine.stream;

import dev.pitot.model.result.StreamInfo;
import dev.pitot.socket.TcpConnection;

/// A data connection of a running test, with what is done on it.
public record OpenStream(StreamInfo info, TcpConnection connection, DataStream stream) {}
