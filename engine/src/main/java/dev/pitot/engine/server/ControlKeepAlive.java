package dev.pitot.engine.server;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.TcpSetup;
import java.time.Duration;
import java.util.Set;

/// Time after which a server treats the host of a silent client as gone. Only a server with other
/// settings (`--cntl-ka`, `--snd-timeout`) uses another time: an iperf3 server that sends datagrams to a
/// host without power would continue without a timeout.
///
/// The probes are answered by the client's kernel, so a control connection may be silent for the length
/// of a test. A path that loses every third packet in each direction loses thirteen probes in a row once
/// in thousands of times.
final class ControlKeepAlive {
    private static final Duration IDLE = Duration.ofSeconds(14);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int PROBES = 13;

    /// For unacknowledged data, during which no probes are sent; the same time as all probes take.
    private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(28);

    private ControlKeepAlive() {}

    /// Returns the options of a server's control connections, as far as its sockets support them.
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
