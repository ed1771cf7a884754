package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.NetworkOptions.set;
import static dev.pitot.socket.linux.SocketOptions.IPPROTO_TCP;
import static dev.pitot.socket.linux.SocketOptions.SOL_SOCKET;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Options of a stream socket, set in iperf's order (iperf_tcp.c: iperf_tcp_connect); each failure
/// has iperf's error. Settings that are absent keep the system default.
final class TcpOptions {
    private TcpOptions() {}

    /// Applies a setup except for its local address and flow label, which are set when connecting.
    ///
    /// @param remote address of the peer
    /// @throws SocketException naming the option that the system rejected
    static void apply(int fd, TcpSetup setup, InetSocketAddress remote) throws SocketException {
        SocketSettings settings = setup.settings();
        NetworkOptions.bindDevice(fd, setup.device());
        switch (setup.transport()) {
            case Transport.Tcp _, Transport.MultipathTcp _ -> applyTcp(fd, settings, setup.liveness());
            case Transport.Sctp sctp -> SctpOptions.apply(fd, settings, sctp);
        }
        NetworkOptions.setBuffers(fd, settings.windowBytes());
        NetworkOptions.pace(fd, setup.pacing());
        NetworkOptions.setTypeOfService(fd, settings.tos(), remote);
    }

    private static void applyTcp(int fd, SocketSettings settings, TcpSetup.Liveness liveness) throws SocketException {
        if (settings.noDelay()) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_NODELAY, 1, IperfError.SET_NO_DELAY);
        }
        if (settings.mss() != 0) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_MAXSEG, settings.mss(), IperfError.SET_MSS);
        }
        if (!liveness.userTimeout().isZero()) {
            int millis = Math.toIntExact(liveness.userTimeout().toMillis());
            set(fd, IPPROTO_TCP, SocketOptions.TCP_USER_TIMEOUT, millis, IperfError.SET_USER_TIMEOUT);
        }
        if (settings.congestion() != null) {
            SystemError.check(
                    SocketOptions.set(fd, IPPROTO_TCP, SocketOptions.TCP_CONGESTION, settings.congestion()),
                    IperfError.CONGESTION);
        }
        keepAlive(fd, liveness.keepAlive());
    }

    /// Sets keep-alive as in iperf_api.c: iperf_set_control_keepalive.
    private static void keepAlive(int fd, @Nullable KeepAlive times) throws SocketException {
        if (times == null) {
            return;
        }
        set(fd, SOL_SOCKET, SocketOptions.SO_KEEPALIVE, 1, IperfError.SET_KEEPALIVE);
        if (!times.idle().isZero()) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPIDLE, seconds(times.idle()), IperfError.SET_KEEPALIVE_IDLE);
        }
        if (!times.interval().isZero()) {
            int interval = seconds(times.interval());
            set(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPINTVL, interval, IperfError.SET_KEEPALIVE_INTERVAL);
        }
        if (times.count() != 0) {
            set(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPCNT, times.count(), IperfError.SET_KEEPALIVE_COUNT);
        }
    }

    private static int seconds(Duration time) {
        return Math.toIntExact(time.toSeconds());
    }
}
