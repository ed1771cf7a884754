package dev.pitot.engine;

import dev.pitot.engine.session.SessionContext;
import dev.pitot.engine.session.StreamLabels;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.SocketFamily;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Entry point for programs. A test in one line:
///
/// ```java
/// Outcome outcome = Iperf.client("192.0.2.1").duration(Duration.ofSeconds(5)).run();
/// ```
///
/// Any number of clients and servers may run in one process. Nothing here prints, exits the JVM, or keeps
/// static state.
public final class Iperf {
    private Iperf() {}

    /// Returns a client of the server at `host`, with iperf's defaults: port 5201, TCP, the client sends
    /// for 10 s.
    public static ClientBuilder client(String host) {
        return new ClientBuilder(host);
    }

    /// Returns a client with the given configuration.
    public static ClientBuilder client(ClientConfig config) {
        return new ClientBuilder(config);
    }

    /// Returns a server with iperf's defaults: port 5201 on all addresses, until it is closed.
    public static ServerBuilder server() {
        return new ServerBuilder();
    }

    /// Returns a server with the given configuration.
    public static ServerBuilder server(ServerConfig config) {
        return new ServerBuilder().config(config);
    }

    static SessionContext context(SocketFamily sockets) {
        return new SessionContext(
                sockets, SystemClock.INSTANCE, InstantSource.system(), new SecureRandom(), new StreamLabels());
    }
}
