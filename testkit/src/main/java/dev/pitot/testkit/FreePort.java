package dev.pitot.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
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

    /// Ports of one process. It has them alone, by a lock on a file: between the moment in which a test finds
    /// a port and the one in which its program binds it, another process of tests could find the same. So
    /// many that a process does not come round to a port whose program has not bound it yet.
    static final int SLICE = 1_000;

    private static final int SLICES = 20;

    /// A test may use the next port, too.
    private static final int STEP = 2;

    private static final int ATTEMPTS = 1_000;

    /// Held while ports are probed and while a program starts. Until it runs, a new process has copies of all
    /// sockets, so a port probed meanwhile is in use for some milliseconds after the probe.
    static final Object LOCK = new Object();

    private static final AtomicInteger NEXT = new AtomicInteger();

    private static final Slice OWN = Slice.own();

    private FreePort() {}

    /// Returns a free port in 10000..29999. The next one is probably free, too.
    ///
    /// @throws BindException if none of a thousand is free
    public static int find() throws IOException {
        synchronized (LOCK) {
            return probe();
        }
    }

    private static int probe() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = OWN.first + NEXT.getAndAdd(STEP) % SLICE;
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

    /// The ports of this process.
    ///
    /// @param lock held until the process ends; null if all slices are taken
    private record Slice(int first, @Nullable FileChannel lock) {
        static Slice own() {
            int first = LOWEST;
            for (int slice = 0; slice < SLICES; slice++) {
                first = LOWEST + slice * SLICE;
                FileChannel lock = locked(Path.of(System.getProperty("java.io.tmpdir"), "pitot-test-ports-" + slice));
                if (lock != null) {
                    return new Slice(first, lock);
                }
            }
            return new Slice(first, null);
        }

        private static @Nullable FileChannel locked(Path file) {
            try {
                FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (opened.tryLock() != null) {
                    return opened;
                }
                opened.close();
            } catch (IOException _) { // another user's file: so are the ports
            }
            return null;
        }
    }
}
