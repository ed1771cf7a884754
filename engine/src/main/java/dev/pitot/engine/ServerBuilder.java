package dev.pitot.engine;

import dev.pitot.engine.server.IperfServer;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalBinding;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builder of a server. Immutable: each step returns a new builder and leaves the old one unchanged, so a
/// builder can be kept, varied and started any number of times. Every setting is checked when it is made,
/// with the bounds of iperf3's command line: a value out of range throws an [IllegalArgumentException],
/// null a [NullPointerException], and both messages contain the setting.
@CheckReturnValue
public final class ServerBuilder {
    private final ServerConfig config;
    private final List<ServerListener> listeners;
    private final @Nullable SocketFamily sockets;

    ServerBuilder() {
        this(
                new ServerConfig(
                        Endpoint.DEFAULT_PORT,
                        LocalBinding.ANY,
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

    /// Replaces the whole configuration.
    public ServerBuilder config(ServerConfig value) {
        return new ServerBuilder(Objects.requireNonNull(value, "config is null"), listeners, sockets);
    }

    /// Sets the port to listen on.
    ///
    /// @param value 0..65535; 0 lets the system choose a free port, which [Server#port()] returns
    public ServerBuilder port(int value) {
        return config(new ServerConfig(
                value, config.local(), config.timeouts(), config.interval(), config.lifetime(), config.policy()));
    }

    /// Sets the local address and device to listen on.
    public ServerBuilder local(LocalBinding value) {
        return config(new ServerConfig(
                config.port(), value, config.timeouts(), config.interval(), config.lifetime(), config.policy()));
    }

    /// Sets the report interval.
    ///
    /// @param value ZERO for one report at the end, else 100 ms..60 s
    public ServerBuilder interval(Duration value) {
        return config(new ServerConfig(
                config.port(),
                config.local(),
                config.timeouts(),
                new ReportInterval(value),
                config.lifetime(),
                config.policy()));
    }

    /// Sets the timeouts.
    public ServerBuilder timeouts(Timeouts value) {
        return config(new ServerConfig(
                config.port(), config.local(), value, config.interval(), config.lifetime(), config.policy()));
    }

    /// Sets the condition on which the server ends by itself.
    public ServerBuilder lifetime(ServerConfig.Lifetime value) {
        return config(new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), value, config.policy()));
    }

    /// Sets the limits on the tests that the server accepts.
    public ServerBuilder policy(ServerPolicy value) {
        return config(new ServerConfig(
                config.port(), config.local(), config.timeouts(), config.interval(), config.lifetime(), value));
    }

    /// Sets the socket family; by default the best that works on this host. If the default on Linux is
    /// not the Linux family (for example because the JVM denies native access), the first event of each
    /// test's listeners is a [dev.pitot.model.event.TestEvent.Note] of level WARNING that says so.
    public ServerBuilder sockets(SocketFamily value) {
        return new ServerBuilder(config, listeners, Objects.requireNonNull(value, "sockets is null"));
    }

    /// Adds a listener for the server and its tests. Each listener has its own queues and threads.
    public ServerBuilder listener(ServerListener value) {
        List<ServerListener> more = new ArrayList<>(listeners);
        more.add(Objects.requireNonNull(value, "listener is null"));
        return new ServerBuilder(config, List.copyOf(more), sockets);
    }

    /// Opens the listening socket and returns.
    ///
    /// @throws IperfException if the server cannot listen
    /// @throws IllegalArgumentException if the socket family does not support a setting
    public Server start() throws IperfException {
        SocketFallback found = SocketFallback.of(sockets);
        FeatureCheck.check(config, found.family());
        List<ServerListener> warned = listeners.stream().map(found::warned).toList();
        try {
            return new Server(new IperfServer(config, Iperf.context(found.family()), warned));
        } catch (IOException e) {
            throw new IperfException(IperfError.LISTEN, String.valueOf(e.getMessage()), e);
        }
    }
}
