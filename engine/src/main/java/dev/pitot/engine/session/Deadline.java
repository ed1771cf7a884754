package dev.pitot.engine.session;

import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.WaitPolicy;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Timeout of a wait, which also ends when the wait is no longer needed.
public final class Deadline implements WaitPolicy {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final NanoClock clock;
    private final long startNanos;
    private final long lengthNanos;
    private final BooleanSupplier isUnwanted;

    private Deadline(NanoClock clock, long lengthNanos, BooleanSupplier isUnwanted) {
        this.clock = clock;
        startNanos = clock.nanoTime();
        this.lengthNanos = lengthNanos;
        this.isUnwanted = isUnwanted;
    }

    /// Returns a timeout that starts now.
    public static Deadline in(Duration length, NanoClock clock, BooleanSupplier isUnwanted) {
        return new Deadline(clock, length.toNanos(), isUnwanted);
    }

    /// Returns a wait without a timeout, which ends when it is no longer needed.
    public static Deadline none(NanoClock clock, BooleanSupplier isUnwanted) {
        return new Deadline(clock, Long.MAX_VALUE, isUnwanted);
    }

    @Override
    public int nextSliceMillis() throws InterruptedIOException, SocketTimeoutException {
        if (isUnwanted.getAsBoolean()) {
            throw new InterruptedIOException("cancelled");
        }
        long left = lengthNanos - (clock.nanoTime() - startNanos);
        if (left <= 0) {
            throw new SocketTimeoutException("Connection timed out");
        }
        return Math.clamp(left / NANOS_PER_MILLI, 1, MAX_SLICE_MILLIS);
    }
}
