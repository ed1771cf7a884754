package dev.pitot.engine.server;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.TcpSetup;
import java.time.Duration;
import java.util.Set;

/// The time after which a server takes the host of a silent client for gone. Only a server that is
/// told otherwise (`--cntl-ka`, `--snd-timeout`) waits for another time: an iperf3 server that
/// sends datagrams to a host without power would do so for ever.
///
/// The probes are answered by the client's kernel, so that a control connection may be silent as
/// long as a test lasts. Of thirteen in a row, a path that loses every third packet each way loses
/// all once in thousands of times.
final class ControlKeepAlive {
    private static final Duration IDLE = Duration.ofSeconds(14);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int PROBES = 13;

    /// For data that wait for their acknowledgement, during which no probes are sent; the same as
    /// all probes take.
    private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(28);

    private ControlKeepAlive() {}

    /// What to set on the control connections of a server, as far as its sockets can.
    static TcpSetup.Liveness of(Timeouts timeouts, SocketFamily sockets) {
        Set<Feature> features = sockets.features();
        KeepAlive keepAlive = timeouts.controlKeepAlive();
        Duration userTimeout = timeouts.send();
        if (keepAlive == null && features.contains(Feature.KEEP_ALIVE)) {
            keepAlive = new KeepAlive(IDLE, INTERVAL, PROBES);
            if (userTimeout.isZero() && features.contains(Feature.USER_TIMEOUT)) {
                userTimeout = UNACKNOWLEDGED;
            }
        }
        return new TcpSetup.Liveness(userTimeout, keepAlive);
    }
}
