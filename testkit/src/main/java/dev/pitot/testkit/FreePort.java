package dev.pitot.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port that nobody used a moment ago, neither TCP nor UDP, for programs that cannot be asked
/// which port they chose. Another process may take it meanwhile, but no connection of a client
/// will: systems give those ports from 32768 on. Whoever can bind port 0 and ask should do that
/// instead.
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /// A port at random, 10000..19999.
    ///
    /// @throws BindException if none of a thousand is free
    public static int find() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
            try (var _ = new ServerSocket(port);
                    var _ = new DatagramSocket(port)) {
                return port;
            } catch (BindException e) { // somebody has it: another one, then
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
