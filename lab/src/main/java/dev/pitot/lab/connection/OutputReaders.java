package dev.pitot.lab.connection;

import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The two threads that read the outputs of one command and tell its lines. Any thread may ask.
final class OutputReaders {
    private static final int BYTES_AT_ONCE = 8192;
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_LOOKS = 20; // 10 s

    /// A reader of a machine without a free processor may stand still for a second, with lines still to read.
    private static final int SILENT_LOOKS = 4;

    private static final NanoClock CLOCK = new MachineClock();

    private final Hearing hearing;
    private final InstantSource wallClock;
    private final CountDownLatch reading = new CountDownLatch(2);
    private final AtomicLong reads = new AtomicLong();
    private volatile long lastByteNanos = CLOCK.nanoTime();

    OutputReaders(Hearing hearing, InstantSource wallClock) {
        this.hearing = hearing;
        this.wallClock = wallClock;
    }

    /// Starts both threads.
    void start(Thread.Builder threads, InputStream out, InputStream err) {
        threads.start(() -> read(out, Line.Origin.OUT));
        threads.start(() -> read(err, Line.Origin.ERR));
    }

    private void read(InputStream in, Line.Origin origin) {
        var splitter = new LineSplitter();
        var bytes = new byte[BYTES_AT_ONCE];
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                Instant arrival = wallClock.instant();
                lastByteNanos = CLOCK.nanoTime();
                splitter.take(bytes, count, text -> hearing.onLine(new Line(arrival, origin, text)));
                reads.incrementAndGet();
            }
        } catch (IOException _) { // closed by us, or the connection broke: what was read counts
        } finally {
            Instant arrival = wallClock.instant();
            splitter.end(text -> hearing.onLine(new Line(arrival, origin, text)));
            reading.countDown();
        }
    }

    /// How long nothing was read.
    Duration silence() {
        return Duration.ofNanos(CLOCK.nanoTime() - lastByteNanos);
    }

    /// Waits for the last line of a command that has ended. A process that it left behind may
    /// hold its outputs open: then 2 s of silence, or 10 s in all, are taken for the end.
    void awaitLastLine() throws InterruptedException {
        long before = reads.get();
        int silentLooks = 0;
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (reading.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            long now = reads.get();
            silentLooks = now == before && !hearing.isBusy() ? silentLooks + 1 : 0;
            if (silentLooks == SILENT_LOOKS) {
                return;
            }
            before = now;
        }
    }
}
