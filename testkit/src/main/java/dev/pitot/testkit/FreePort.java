package dev.pitot.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Finds a port that is currently free for both TCP and UDP, for programs that cannot report which
/// port they chose. Another process may take it meanwhile, but outgoing connections will not:
/// systems assign those ports from 32768 upwards. If possible, bind port 0 and query the port
/// instead.
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /// Returns a random free port in 10000..19999.
    ///
    /// @throws BindException if none of a thousand is free
    public static int find() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
            try (var _ = new ServerSocket(port);
                    var _ = new DatagramSocket(port)) {
                return port;
            } catch (BindException e) { // in use: try another one
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
