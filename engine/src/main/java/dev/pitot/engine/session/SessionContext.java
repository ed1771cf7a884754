package dev.pitot.engine.session;

import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.SocketFamily;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Environment of a session: sockets, clocks, randomness and stream labels. Safe for any thread.
///
/// @param sockets the socket family
/// @param clock for measuring
/// @param wallClock for dates in reports
/// @param random for cookies and payloads
/// @param labels for stream numbers in reports
public record SessionContext(
        SocketFamily sockets, NanoClock clock, InstantSource wallClock, SecureRandom random, StreamLabels labels) {
    /// Returns the action that the thread of each stream runs first.
    ///
    /// @param core the core that the thread is bound to, or null for none
    public StreamThreads.ThreadStart threadStart(@Nullable Integer core) {
        return core == null ? () -> {} : () -> sockets.bindToCore(core);
    }
}
