package dev.pitot.engine.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one stream has moved since it began. The stream's thread alone writes; any thread may
/// read, at any time, a value that was true a moment ago. Never reset: an interval is a
/// difference of two readings.
final class Counters {
    private static final VarHandle BYTES;

    static {
        try {
            BYTES = MethodHandles.lookup().findVarHandle(Counters.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long bytes;

    /// Only the stream's thread.
    void onBytes(int count) {
        // A single writer needs no atomic addition, only that readers never see half a value.
        BYTES.setOpaque(this, bytes + count);
    }

    long bytes() {
        return (long) BYTES.getOpaque(this);
    }
}
