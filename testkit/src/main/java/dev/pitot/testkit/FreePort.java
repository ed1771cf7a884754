package dev.pitot.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds a port that is currently free for both TCP and UDP, for programs that cannot report which
/// port they chose. Another process may take it meanwhile, but outgoing connections will not:
/// systems assign those ports from 32768 upwards. If possible, bind port 0 and query the port
/// instead.
public final class FreePort {
    private static final int LOWEST = 10_000;

    /// Ports of one process, which asks for another one each time: processes of tests that run side by side
    /// have numbers close to each other, and so ports of their own.
    private static final int SLICE = 200;

    private static final int SLICES = 50;

    /// A test may use the next port, too.
    private static final int STEP = 2;

    private static final int ATTEMPTS = 1_000;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private FreePort() {}

    /// Returns a free port in 10000..19999. The next one is probably free, too.
    ///
    /// @throws BindException if none of a thousand is free
    public static int find() throws IOException {
        int first = LOWEST + (int) (ProcessHandle.current().pid() % SLICES) * SLICE;
        for (int attempt = 1; ; attempt++) {
            int port = first + NEXT.getAndAdd(STEP) % SLICE;
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
