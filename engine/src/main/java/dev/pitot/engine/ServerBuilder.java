package dev.pitot.engine;

import dev.pitot.engine.server.TestServer;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Describes a server step by step. Not safe for use by several threads.
public final class ServerBuilder {
    private ServerConfig config = new ServerConfig(
            Endpoint.DEFAULT_PORT,
            LocalEnd.ANY,
            Timeouts.DEFAULT,
            ReportInterval.DEFAULT,
            ServerConfig.Lifetime.UNLIMITED);
    private ServerListener listener = new SilentListener();
    private @Nullable SocketFamily sockets;

    ServerBuilder() {}

    /// Everything at once.
    public ServerBuilder config(ServerConfig value) {
        config = value;
        return this;
    }

    /// Where to listen.
    ///
    /// @param value 0..65535; 0 asks the system for a free one, which [Server#port()] tells
    public ServerBuilder port(int value) {
        config = new ServerConfig(
                value, config.local(), config.timeouts(), config.interval(), config.lifetime(), config.policy());
        return this;
    }

    /// At which address to listen.
    public ServerBuilder local(LocalEnd value) {
        config = new ServerConfig(
                config.port(), value, config.timeouts(), config.interval(), config.lifetime(), config.policy());
        return this;
    }

    /// How often to report.
    ///
    /// @param value ZERO for one report at the end, else 10 ms..60 s
    public ServerBuilder interval(Duration value) {
        config = new ServerConfig(
                config.port(),
                config.local(),
                config.timeouts(),
                new ReportInterval(value),
                config.lifetime(),
                config.policy());
        return this;
    }

    /// How long to wait for what.
    public ServerBuilder timeouts(Timeouts value) {
        config = new ServerConfig(
                config.port(), config.local(), value, config.interval(), config.lifetime(), config.policy());
        return this;
    }

    /// When the server ends by itself.
    public ServerBuilder lifetime(ServerConfig.Lifetime value) {
        config = new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), value, config.policy());
        return this;
    }

    /// Which tests are let in.
    public ServerBuilder policy(ServerPolicy value) {
        config = new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), config.lifetime(), value);
        return this;
    }

    /// How to reach the network; the best that this machine has if it is never set.
    public ServerBuilder sockets(SocketFamily value) {
        sockets = value;
        return this;
    }

    /// Who learns what happens.
    public ServerBuilder listener(ServerListener value) {
        listener = value;
        return this;
    }

    /// Opens the listener and returns.
    ///
    /// @throws IperfException if it cannot listen
    /// @throws IllegalArgumentException if the sockets cannot do what a setting asks for
    public Server start() throws IperfException {
        SocketFamily family = sockets == null ? SocketFamilies.best() : sockets;
        Abilities.check(config, family);
        try {
            return new Server(new TestServer(config, Iperf.surroundings(family), listener));
        } catch (IOException e) {
            throw new IperfException(IperfError.LISTEN, String.valueOf(e.getMessage()), e);
        }
    }

    private static final class SilentListener implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            // Nobody wants to know.
        }

        @Override
        public TestListener onTest(int testNumber) {
            return _ -> {};
        }
    }
}
