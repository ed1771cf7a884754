package dev.pitot.model.error;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/// Kind of memory that an `OutOfMemoryError` reports as exhausted. Errors of one test or listener
/// are contained so that others are not affected; for a full heap this is possible only in part,
/// since all share it.
public enum MemoryShortage {
    /// The JVM's heap, or metaspace.
    HEAP,
    /// No more threads can be created; the process can continue with the existing ones.
    THREADS,
    /// Off-heap buffers; the process can continue.
    BUFFERS;

    private static final String NO_THREAD = "unable to create native thread"; // HotSpot's message
    private static final String NO_BUFFER = "Cannot reserve"; // java.nio's message

    /// Returns the exhausted kind of memory, or null for any other error. Allocates nothing.
    public static @Nullable MemoryShortage of(Throwable error) {
        if (!(error instanceof OutOfMemoryError)) {
            return null;
        }
        String message = error.getMessage();
        if (message == null) {
            return HEAP;
        }
        return message.startsWith(NO_THREAD) ? THREADS : message.startsWith(NO_BUFFER) ? BUFFERS : HEAP;
    }

    /// Passes a contained error to the process's default uncaught exception handler if the heap is
    /// full and there is a handler, so that a program can choose to exit. Does nothing otherwise.
    public static void report(Throwable error) {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && of(error) == HEAP) {
            handler.uncaughtException(Thread.currentThread(), error);
        }
    }
}
