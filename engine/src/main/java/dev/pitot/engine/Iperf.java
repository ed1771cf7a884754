package dev.pitot.engine;

import dev.pitot.engine.session.Labels;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.SocketFamily;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Where programs begin. A test in one line:
///
/// ```java
/// Outcome outcome = Iperf.client("192.0.2.1").duration(Duration.ofSeconds(5)).run();
/// ```
///
/// Any number of clients and servers may run in one process. Nothing here prints, exits, or
/// keeps anything static.
public final class Iperf {
    private Iperf() {}

    /// A client of the server at `host`, with iperf's defaults: port 5201, TCP, the client sends
    /// for 10 s.
    public static ClientBuilder client(String host) {
        return new ClientBuilder(host);
    }

    /// A client that is already described.
    public static ClientBuilder client(ClientConfig config) {
        return new ClientBuilder(config);
    }

    /// A server with iperf's defaults: port 5201 at every address, until it is closed.
    public static ServerBuilder server() {
        return new ServerBuilder();
    }

    /// A server that is already described.
    public static ServerBuilder server(ServerConfig config) {
        return new ServerBuilder().config(config);
    }

    static Surroundings surroundings(SocketFamily sockets) {
        return new Surroundings(
                sockets, SystemClock.INSTANCE, InstantSource.system(), new SecureRandom(), new Labels());
    }
}
