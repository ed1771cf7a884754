package dev.pitot.engine.session;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.event.TestEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/// Stack trace of a bug, for debugging (`-d`). Failures of the network or the peer have a reason text and
/// no trace.
public final class FaultTrace {
    private FaultTrace() {}

    /// Announces the trace line by line; nothing if the cause of the test's end is not a bug.
    public static void announce(@Nullable Throwable cause, EventDispatcher eventDispatcher) {
        if (cause != null && isFault(cause)) {
            text(cause)
                    .lines()
                    .forEach(line -> eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.DEBUG, line)));
        }
    }

    private static boolean isFault(Throwable cause) {
        return cause instanceof Error
                || (cause instanceof RuntimeException && !(cause instanceof InvalidSettingException));
    }

    private static String text(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
