package dev.pitot.socket;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of a TCP socket, or one of another byte-stream transport.
///
/// @param local address to bind to, or null for any
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param settings options agreed for both ends
/// @param liveness detection of unresponsive peers
/// @param pacing of which only the fair-queue rate is set (SO_MAX_PACING_RATE); unlimited for the
///     system default
/// @param transport transport of the stream; for an accepted connection, the one it was accepted
///     with. SCTP uses the settings that it supports, and nothing of `liveness`
public record TcpSetup(
        @Nullable InetSocketAddress local,
        @Nullable String device,
        SocketSettings settings,
        Liveness liveness,
        Pacing pacing,
        Transport transport) {
    /// For a control connection: TCP_NODELAY, which iperf sets at both ends, and nothing else.
    public static final TcpSetup CONTROL = new TcpSetup(
            null, null, new SocketSettings(0, 0, true, 0, null), Liveness.DEFAULT, Pacing.NONE, Transport.TCP);

    /// Detection of unresponsive peers.
    ///
    /// @param userTimeout TCP_USER_TIMEOUT (RFC 5482); ZERO for the system default
    /// @param keepAlive SO_KEEPALIVE and its times; null for no keep-alive
    public record Liveness(Duration userTimeout, @Nullable KeepAlive keepAlive) {
        /// System defaults.
        public static final Liveness DEFAULT = new Liveness(Duration.ZERO, null);
    }
}
