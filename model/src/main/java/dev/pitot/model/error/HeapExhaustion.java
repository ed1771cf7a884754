package dev.pitot.model.error;

import java.lang.Thread.UncaughtExceptionHandler;

/// Exhaustion of the JVM's heap. Who contains the errors of one test or listener, so that others do not suffer, can
/// contain this one only in part: the heap is everybody's. Safe for any thread.
public final class HeapExhaustion {
    // What the JVM and java.nio say of limits that are not the heap's; a program can go on beside them.
    private static final String NO_THREAD = "unable to create native thread";
    private static final String NO_DIRECT_MEMORY = "Cannot reserve";

    private HeapExhaustion() {}

    /// Whether an error is it. Missing threads, and missing memory outside the heap, are not. Allocates nothing.
    public static boolean isSaidBy(Throwable error) {
        if (!(error instanceof OutOfMemoryError)) {
            return false;
        }
        String message = error.getMessage();
        return message == null || !(message.startsWith(NO_THREAD) || message.startsWith(NO_DIRECT_MEMORY));
    }

    /// Tells the process's default handler of uncaught exceptions of an error that is contained here, if it is this one
    /// and there is a handler: a program that wants to end when its heap is full can do so there. Without a handler
    /// nothing happens.
    public static void report(Throwable error) {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && isSaidBy(error)) {
            handler.uncaughtException(Thread.currentThread(), error);
        }
    }
}
