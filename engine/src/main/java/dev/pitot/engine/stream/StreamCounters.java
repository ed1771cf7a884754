package dev.pitot.engine.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Byte counter of one stream since its start. Written by the stream's thread only; any thread may read
/// it and gets a recent value. Never reset: an interval is the difference of two readings.
final class StreamCounters {
    private static final VarHandle BYTES;

    static {
        try {
            BYTES = MethodHandles.lookup().findVarHandle(StreamCounters.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long bytes;

    /// Adds bytes. Only the stream's thread.
    void onBytes(int count) {
        // A single writer needs no atomic addition; readers only must never see half a value.
        BYTES.setOpaque(this, bytes + count);
    }

    long bytes() {
        return (long) BYTES.getOpaque(this);
    }
}
