package dev.pitot.engine.session;

import dev.pitot.engine.event.Announcer;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.event.TestEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/// The stack trace of a fault of this program, for those who look for it (`-d`). What the network or
/// the other end does wrong has a reason of its own and no trace.
public final class FaultTrace {
    private FaultTrace() {}

    /// Announces the trace line by line; nothing if the cause of a test's end is not a fault.
    public static void announce(@Nullable Throwable cause, Announcer announcer) {
        if (isFault(cause)) {
            text(cause).lines().forEach(line -> announcer.announce(new TestEvent.Note(TestEvent.Level.DEBUG, line)));
        }
    }

    private static boolean isFault(@Nullable Throwable cause) {
        return cause instanceof Error
                || (cause instanceof RuntimeException && !(cause instanceof InvalidSettingException));
    }

    private static String text(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
