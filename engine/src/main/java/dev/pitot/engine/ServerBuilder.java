package dev.pitot.engine;

import dev.pitot.engine.server.TestServer;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerListener;
import dev.pitot.socket.SocketFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes a server step by step. Immutable: each step returns a new description and leaves the
/// old one as it was, so one may be kept, varied and started any number of times.
@CheckReturnValue
public final class ServerBuilder {
    private final ServerConfig config;
    private final List<ServerListener> listeners;
    private final @Nullable SocketFamily sockets;

    ServerBuilder() {
        this(
                new ServerConfig(
                        Endpoint.DEFAULT_PORT,
                        LocalEnd.ANY,
                        Timeouts.DEFAULT,
                        ReportInterval.DEFAULT,
                        ServerConfig.Lifetime.UNLIMITED),
                List.of(),
                null);
    }

    private ServerBuilder(ServerConfig config, List<ServerListener> listeners, @Nullable SocketFamily sockets) {
        this.config = config;
        this.listeners = listeners;
        this.sockets = sockets;
    }

    /// Everything at once.
    public ServerBuilder config(ServerConfig value) {
        return new ServerBuilder(value, listeners, sockets);
    }

    /// Where to listen.
    ///
    /// @param value 0..65535; 0 asks the system for a free one, which [Server#port()] tells
    public ServerBuilder port(int value) {
        return config(new ServerConfig(
                value, config.local(), config.timeouts(), config.interval(), config.lifetime(), config.policy()));
    }

    /// At which address to listen.
    public ServerBuilder local(LocalEnd value) {
        return config(new ServerConfig(
                config.port(), value, config.timeouts(), config.interval(), config.lifetime(), config.policy()));
    }

    /// How often to report.
    ///
    /// @param value ZERO for one report at the end, else 10 ms..60 s
    public ServerBuilder interval(Duration value) {
        return config(new ServerConfig(
                config.port(),
                config.local(),
                config.timeouts(),
                new ReportInterval(value),
                config.lifetime(),
                config.policy()));
    }

    /// How long to wait for what.
    public ServerBuilder timeouts(Timeouts value) {
        return config(new ServerConfig(
                config.port(), config.local(), value, config.interval(), config.lifetime(), config.policy()));
    }

    /// When the server ends by itself.
    public ServerBuilder lifetime(ServerConfig.Lifetime value) {
        return config(new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), value, config.policy()));
    }

    /// Which tests are let in.
    public ServerBuilder policy(ServerPolicy value) {
        return config(new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), config.lifetime(), value));
    }

    /// How to reach the network; the best that this machine has if it is never set. If that is not the Linux
    /// family although this is Linux (the JVM denies native access, say), the listeners of each test hear of it
    /// first, in a [dev.pitot.model.event.TestEvent.Note] of level WARNING.
    public ServerBuilder sockets(SocketFamily value) {
        return new ServerBuilder(config, listeners, value);
    }

    /// Who else learns what happens. Each listener has queues and threads of its own.
    public ServerBuilder listener(ServerListener value) {
        List<ServerListener> more = new ArrayList<>(listeners);
        more.add(value);
        return new ServerBuilder(config, List.copyOf(more), sockets);
    }

    /// Opens the listener and returns.
    ///
    /// @throws IperfException if it cannot listen
    /// @throws IllegalArgumentException if the sockets cannot do what a setting asks for
    public Server start() throws IperfException {
        SocketFallback found = SocketFallback.of(sockets);
        Abilities.check(config, found.family());
        List<ServerListener> warned = listeners.stream().map(found::warned).toList();
        try {
            return new Server(new TestServer(config, Iperf.surroundings(found.family()), warned));
        } catch (IOException e) {
            throw new IperfException(IperfError.LISTEN, String.valueOf(e.getMessage()), e);
        }
    }
}
