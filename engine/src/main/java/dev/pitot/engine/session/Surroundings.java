package dev.pitot.engine.session;

import dev.pitot.engine.stream.Transfer;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.SocketFamily;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a session gets from outside: the network, the time, chance, and numbers for its streams.
/// Safe for any thread.
///
/// @param sockets how to reach the network
/// @param clock measures
/// @param wallClock dates reports
/// @param random draws cookies and payloads
/// @param labels numbers streams in reports
public record Surroundings(
        SocketFamily sockets, NanoClock clock, InstantSource wallClock, SecureRandom random, Labels labels) {
    /// What the thread of each stream does first.
    ///
    /// @param core to bind itself to, or null for any
    public Transfer.ThreadStart threadStart(@Nullable Integer core) {
        return core == null ? () -> {} : () -> sockets.bindToCore(core);
    }
}
