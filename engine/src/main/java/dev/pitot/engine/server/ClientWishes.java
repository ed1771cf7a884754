package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpSetup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The socket options that a client asks of the server's end. What cannot be done is refused
/// with iperf's error, except a congestion control that this host does not have: that is only a
/// warning, as in iperf.
final class ClientWishes {
    private ClientWishes() {}

    /// Refuses what the server's sockets can never do.
    static void check(TestConfig config, SocketFamily family) throws SessionFailure {
        String reason = "not possible with " + family.name() + " sockets";
        if (config.streams().socket().mss() != 0 && !family.features().contains(Feature.MSS)) {
            throw SessionFailure.of(IperfError.SET_MSS, reason);
        }
        if (!config.streams().pacing().fairQueueRate().isUnlimited()
                && !family.features().contains(Feature.FAIR_QUEUE_RATE)) {
            throw SessionFailure.of(IperfError.SET_PACING, reason);
        }
    }

    /// Sets a data connection up.
    static void apply(TestConfig config, ServerConfig server, TcpConnection connection, Announcer announcer)
            throws SessionFailure {
        SocketSettings wanted = config.streams().socket();
        String congestion = wanted.congestion();
        try {
            connection.apply(setup(config, server, null));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
        if (congestion != null) {
            applyCongestion(setup(config, server, congestion), connection, announcer);
        }
    }

    private static void applyCongestion(TcpSetup setup, TcpConnection connection, Announcer announcer)
            throws SessionFailure {
        try {
            connection.apply(setup);
        } catch (SocketException e) {
            if (e.error() != IperfError.CONGESTION) {
                throw SessionFailure.of(e, IperfError.INIT_STREAM);
            }
            announcer.announce(new TestEvent.Note(TestEvent.Level.WARNING, IperfError.CONGESTION.text()));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
    }

    private static TcpSetup setup(TestConfig config, ServerConfig server, @Nullable String congestion) {
        SocketSettings wanted = config.streams().socket();
        return new TcpSetup(
                null,
                null,
                new SocketSettings(wanted.windowBytes(), wanted.mss(), wanted.noDelay(), wanted.tos(), congestion),
                server.timeouts().send(),
                config.streams().pacing().fairQueueRate());
    }
}
