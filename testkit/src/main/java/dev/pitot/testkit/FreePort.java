package dev.pitot.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Finds a port that is currently free for both TCP and UDP, for programs that cannot report which
/// port they chose. Another process may take it meanwhile, but outgoing connections will not:
/// systems assign those ports from 32768 upwards. If possible, bind port 0 and query the port
/// instead.
public final class FreePort {
    private static final int LOWEST = 10_000;

    /// Ports of one process. It has them alone, by a lock on a file: between the moment in which a test finds a
    /// port and the one in which its program binds it, another process of tests could find the same.
    static final int SLICE = 200;

    private static final int SLICES = 50;

    /// A test may use the next port, too.
    private static final int STEP = 2;

    private static final int ATTEMPTS = 1_000;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private static int first;
    private static @Nullable FileChannel lock; // held until the process ends

    private FreePort() {}

    /// Returns a free port in 10000..19999. The next one is probably free, too.
    ///
    /// @throws BindException if none of a thousand is free
    public static int find() throws IOException {
        int lowest = firstOfSlice();
        for (int attempt = 1; ; attempt++) {
            int port = lowest + NEXT.getAndAdd(STEP) % SLICE;
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

    private static synchronized int firstOfSlice() throws IOException {
        for (int slice = 0; lock == null && slice < SLICES; slice++) {
            lock = locked(Path.of(System.getProperty("java.io.tmpdir"), "pitot-test-ports-" + slice));
            first = LOWEST + slice * SLICE;
        }
        return first;
    }

    /// Returns null if another process has the file.
    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException _) { // another user's
            return null;
        }
        if (opened.tryLock() == null) {
            opened.close();
            return null;
        }
        return opened;
    }
}
