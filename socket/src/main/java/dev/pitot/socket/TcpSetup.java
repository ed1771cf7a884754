package dev.pitot.socket;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a TCP socket shall be set up, or one of another transport that carries a stream of bytes.
///
/// @param local where to bind, or null for anywhere
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param settings options that the test asks of both ends
/// @param liveness when a silent peer counts as gone
/// @param pacing of which the kernel holds its part (SO_MAX_PACING_RATE); the rest is the sender's
/// @param transport what carries the stream; on an accepted connection what it came by. SCTP
///     takes of the settings what it has too, and nothing of `liveness`
public record TcpSetup(
        @Nullable InetSocketAddress local,
        @Nullable String device,
        SocketSettings settings,
        Liveness liveness,
        Pacing pacing,
        Transport transport) {
    /// For a control connection: no delay, nothing else (iperf sets TCP_NODELAY at both ends).
    public static final TcpSetup CONTROL = new TcpSetup(
            null, null, new SocketSettings(0, 0, true, 0, null), Liveness.DEFAULT, Pacing.NONE, Transport.TCP);

    /// When a silent peer counts as gone.
    ///
    /// @param userTimeout TCP_USER_TIMEOUT (RFC 5482); ZERO leaves it to the system
    /// @param keepAlive SO_KEEPALIVE and its times; null for none
    public record Liveness(Duration userTimeout, @Nullable KeepAlive keepAlive) {
        /// As the system has it.
        public static final Liveness DEFAULT = new Liveness(Duration.ZERO, null);
    }
}
