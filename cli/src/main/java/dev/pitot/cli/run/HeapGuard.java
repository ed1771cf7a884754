package dev.pitot.cli.run;

import dev.pitot.model.error.MemoryShortage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Guard of the JVM's heap. When it is full the process ends, with one message in the log file or on
/// standard error and exit code 1, so that a supervisor restarts it: a program without memory serves
/// nobody, and does not even handle a signal, for which the JVM starts a thread. Detects the condition
/// as the process's handler of uncaught exceptions, and by polling. Allocates nothing itself when it
/// ends the process.
public final class HeapGuard implements UncaughtExceptionHandler {
    /// Seldom enough for an idle server to sleep. A full heap is noticed by the thread that needs memory, too.
    private static final Duration LOOK = Duration.ofSeconds(10);
    /// If less than this part of the heap is free, half of it is allocated as a trial.
    private static final int LITTLE = 16;

    private static final long MAX_TRIAL_BYTES = 1 << 30;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int TIMEOUT_TENTHS = 10;
    private static final long TENTH_NANOS = 100_000_000;

    private final OutputStream err;
    private final byte[] message;
    private final Thread writer;
    private volatile @Nullable OutputStream log;
    private volatile boolean isFull;

    /// A guard that is not active yet.
    ///
    /// @param err the process's own standard error
    public HeapGuard(OutputStream err) {
        this.err = err;
        message = ("iperf3: error - out of memory: the heap of "
                        + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB is full\n")
                .getBytes(StandardCharsets.UTF_8);
        writer = Thread.ofPlatform().name("pitot-heap-guard-writer").daemon().unstarted(this::write);
    }

    /// Starts guarding this process's heap.
    public void install() {
        Thread.setDefaultUncaughtExceptionHandler(this);
        writer.start();
        Thread.ofPlatform().name("pitot-heap-guard").daemon().start(this::watch);
    }

    /// Redirects the message to the log file.
    ///
    /// @param file open; null for none
    void writeTo(@Nullable OutputStream file) {
        log = file;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        if (MemoryShortage.of(e) == MemoryShortage.HEAP) {
            end();
        } else {
            System.err.print("Exception in thread \"" + thread.getName() + "\" "); // as without this handler
            e.printStackTrace();
        }
    }

    /// Polls, since the JVM can go on for a long time with an almost full heap, collecting garbage all
    /// the time.
    private void watch() {
        try {
            boolean isRoomy = true;
            while (isRoomy) {
                Thread.sleep(LOOK);
                isRoomy = !isNearlyFull() || canAllocate();
            }
        } catch (OutOfMemoryError _) { // the heap is full
            end();
        } catch (InterruptedException _) { // nobody interrupts this thread
        }
    }

    /// @throws OutOfMemoryError instead of returning false
    private static boolean canAllocate() {
        int bytes = (int) Math.min(MAX_TRIAL_BYTES, maxBytes() / LITTLE / 2);
        return new byte[bytes].length == bytes;
    }

    private static boolean isNearlyFull() {
        Runtime runtime = Runtime.getRuntime();
        return maxBytes() - (runtime.totalMemory() - runtime.freeMemory()) < maxBytes() / LITTLE;
    }

    private static long maxBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /// Waits a second for the message to be written, which a full pipe may prevent.
    private void end() {
        isFull = true;
        LockSupport.unpark(writer);
        for (int i = 0; i < TIMEOUT_TENTHS; i++) {
            LockSupport.parkNanos(TENTH_NANOS);
        }
        Runtime.getRuntime().halt(ExitCode.FAILURE);
    }

    private void write() {
        while (!isFull) {
            LockSupport.park(this);
        }
        try {
            if (!isLogged()) {
                err.write(message);
            }
        } catch (IOException _) { // closed
        } finally {
            Runtime.getRuntime().halt(ExitCode.FAILURE);
        }
    }

    private boolean isLogged() {
        OutputStream file = log;
        if (file == null) {
            return false;
        }
        try {
            file.write(message);
            return true;
        } catch (IOException | OutOfMemoryError _) { // closed or full, or Java allocates
            return false;
        }
    }
}
