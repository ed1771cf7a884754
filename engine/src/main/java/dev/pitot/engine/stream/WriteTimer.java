package dev.pitot.engine.stream;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.socket.TransmitTimestamps.Point;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends one write of a stream in many with a request for timestamps, and records the answers. Belongs to
/// the stream's thread, which reads them itself: before the next request, without waiting. So there is no
/// other thread to wake, and nothing to share. Allocates nothing after construction.
final class WriteTimer {
    /// Shortest time between two requests of a stream, and for each stream of a direction: at most 200
    /// samples per second of a single stream, and 400 of all together. A sample costs about five system calls.
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long NANOS_PER_STREAM = TimeUnit.MICROSECONDS.toNanos(2_500);

    /// Bytes between two looks at the clock, which small writes would do too often.
    private static final int LOOK_BYTES = 16 * 1024;

    /// Requests that wait for their acknowledgement. Bounds what answers take of the socket's receive
    /// buffer: three of some hundred bytes each.
    private static final int MAX_OUTSTANDING = 64;

    /// How much less than the kernel's clock ours may say has passed: both run at slightly different rates.
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TransmitTimestamps timestamps;
    private final NanoClock clock;
    private final long pauseNanos;
    private final WriteTimes times = new WriteTimes();
    private final Outstanding[] ring = new Outstanding[MAX_OUTSTANDING]; // oldest at `first`
    private int first;
    private int count;
    private int bytesUntilLook;
    private long dueNanos;
    private boolean isOn;
    private volatile boolean restart;

    /// Request that waits for answers. Its kernel's times are 0 while unknown.
    private static final class Outstanding {
        private int position;
        private long sinceNanos; // by our clock
        private long firstQueuedNanos;
        private long lastQueuedNanos;
        private boolean hasLeftQueue;
    }

    /// @param streams number of streams in this direction
    WriteTimer(TransmitTimestamps timestamps, int streams, NanoClock clock) {
        this.timestamps = timestamps;
        this.clock = clock;
        pauseNanos = Math.max(MIN_NANOS, streams * NANOS_PER_STREAM);
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Outstanding();
        }
    }

    /// Creates the timer of a connection.
    ///
    /// @param streams number of streams in this direction
    /// @return null if the connection's family has no timestamps
    static @Nullable WriteTimer of(TcpConnection connection, int streams, NanoClock clock) {
        TransmitTimestamps timestamps = connection.transmitTimestamps();
        return timestamps == null ? null : new WriteTimer(timestamps, streams, clock);
    }

    /// Begins, before the first byte of the stream is sent. Does nothing from then on if there are no
    /// timestamps.
    void start() {
        isOn = timestamps.start();
        dueNanos = clock.nanoTime();
    }

    /// True if the next write shall be sent by [#send(ByteBuffer, long)].
    ///
    /// @param bytes size of the next write
    boolean isDue(int bytes) {
        bytesUntilLook -= bytes;
        return bytesUntilLook < 0 && look();
    }

    private boolean look() {
        bytesUntilLook = LOOK_BYTES;
        long now = clock.nanoTime();
        if (now - dueNanos < 0 || !isOn) {
            return false;
        }
        dueNanos = now + pauseNanos;
        readAnswers(now);
        giveUp(now);
        return count < MAX_OUTSTANDING;
    }

    /// Sends a write with a request for timestamps.
    ///
    /// @param sentBytes bytes that the stream has sent before
    /// @return bytes accepted, or [TransmitTimestamps#REFUSED]: send it without, as all later ones
    int send(ByteBuffer block, long sentBytes) throws IOException {
        long now = clock.nanoTime();
        int taken = timestamps.send(block);
        if (taken > 0) {
            Outstanding request = at(count);
            request.position = (int) (sentBytes + taken - 1);
            request.sinceNanos = now;
            request.firstQueuedNanos = 0;
            request.lastQueuedNanos = 0;
            request.hasLeftQueue = false;
            count++;
            times.onRequest();
        } else if (taken == TransmitTimestamps.REFUSED) {
            isOn = false;
            times.onRefusal();
        }
        return taken;
    }

    /// Records the last answers, when the stream ends.
    void finish() {
        readAnswers(clock.nanoTime());
    }

    /// Begins anew: what was requested before does not count. Any thread.
    void restart() {
        restart = true;
    }

    /// Returns what was recorded, or null if there are no timestamps. Call it only after the stream's
    /// thread has ended.
    @Nullable WriteTimes times() {
        if (!isOn && times.refusals() == 0) {
            return null;
        }
        if (restart) { // and nothing was sent since
            startAnew();
        }
        return times;
    }

    private void startAnew() {
        restart = false;
        times.reset();
        count = 0;
    }

    private void readAnswers(long now) {
        if (restart) {
            startAnew();
        }
        while (timestamps.next()) {
            int place = find(timestamps.position());
            if (place < count) {
                onAnswer(place, timestamps.point(), now);
            }
        }
    }

    private void onAnswer(int place, Point point, long now) {
        Outstanding request = at(place);
        long nanos = timestamps.nanos();
        switch (point) {
            case QUEUED -> { // again for each device below, and for each retransmission
                request.lastQueuedNanos = nanos;
                request.firstQueuedNanos = request.firstQueuedNanos == 0 ? nanos : request.firstQueuedNanos;
            }
            case SENT -> {
                long wait = nanos - request.lastQueuedNanos;
                if (!request.hasLeftQueue && request.lastQueuedNanos != 0 && isPossible(wait, request, now)) {
                    times.onLeftQueue(wait);
                }
                request.hasLeftQueue = true;
            }
            case ACKNOWLEDGED -> {
                long time = nanos - request.firstQueuedNanos;
                boolean isKnown = request.firstQueuedNanos != 0 && isPossible(time, request, now);
                if (isKnown) {
                    times.onAcknowledged(time);
                }
                times.onLost(isKnown ? place : place + 1); // earlier bytes are acknowledged, too
                drop(place + 1);
            }
        }
    }

    /// False if the system's clock was set between two answers: then a time is negative, or longer than
    /// the time since the request.
    private static boolean isPossible(long nanos, Outstanding request, long now) {
        return nanos >= 0 && nanos <= LatencyHistogram.MAX_NANOS && nanos <= now - request.sinceNanos + TOLERANCE_NANOS;
    }

    /// Drops requests that are too old to be recorded, so that there is room for others.
    private void giveUp(long now) {
        while (count > 0 && now - at(0).sinceNanos > LatencyHistogram.MAX_NANOS) {
            times.onLost(1);
            drop(1);
        }
    }

    /// Returns the place of a request from the oldest on; `count` if there is none.
    private int find(int position) {
        int place = 0;
        while (place < count && at(place).position != position) {
            place++;
        }
        return place;
    }

    private Outstanding at(int place) {
        return ring[(first + place) % MAX_OUTSTANDING];
    }

    private void drop(int requests) {
        first = (first + requests) % MAX_OUTSTANDING;
        count -= requests;
    }
}
