package dev.pitot.socket;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.unit.Bitrate;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a TCP socket shall be set up.
///
/// @param local where to bind, or null for anywhere
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param settings options that the test asks of both ends
/// @param userTimeout TCP_USER_TIMEOUT; ZERO leaves it to the system
/// @param fairQueueRate SO_MAX_PACING_RATE; unlimited leaves it to the system
public record TcpSetup(
        @Nullable InetSocketAddress local,
        @Nullable String device,
        SocketSettings settings,
        Duration userTimeout,
        Bitrate fairQueueRate) {
    /// For a control connection: no delay, nothing else (iperf sets TCP_NODELAY at both ends).
    public static final TcpSetup CONTROL =
            new TcpSetup(null, null, new SocketSettings(0, 0, true, 0, null), Duration.ZERO, Bitrate.UNLIMITED);
}
