package dev.pitot.model.error;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/// The memory that an `OutOfMemoryError` is about. Who contains the errors of one test or
/// listener, so that others do not suffer, can contain a full heap only in part: it is
/// everybody's.
public enum MemoryShortage {
    /// The JVM's heap, or what it keeps classes in.
    HEAP,
    /// The system gives no more threads; a program can go on with those that it has.
    THREADS,
    /// Memory of buffers outside the heap; the same.
    BUFFERS;

    private static final String NO_THREAD = "unable to create native thread"; // HotSpot's words
    private static final String NO_BUFFER = "Cannot reserve"; // java.nio's

    /// What is short, or null if an error is about something else. Allocates nothing.
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

    /// Tells the process's default handler of uncaught exceptions of an error that is contained
    /// here, if it means a full heap and there is a handler: a program that wants to end then can do
    /// so there. Without a handler nothing happens.
    public static void report(Throwable error) {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && of(error) == HEAP) {
            handler.uncaughtException(Thread.currentThread(), error);
        }
    }
}
