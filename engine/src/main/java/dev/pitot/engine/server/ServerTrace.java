package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.Event;
import dev.pitot.model.event.TestEvent;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import java.util.regex.Pattern;

/// What a server's session says of itself to those who look for a fault (`-d`), in iperf's words.
final class ServerTrace {
    /// Opens the server to whoever knows it, for some seconds: nobody's business.
    private static final Pattern TOKEN =
            Pattern.compile("(\"authtoken\"\\s*:\\s*)\"[^\"]*\"", Pattern.CASE_INSENSITIVE);

    private final Announcer announcer;

    ServerTrace(Announcer announcer) {
        this.announcer = announcer;
    }

    /// Something has happened.
    void received(Event event) {
        if (event instanceof Event.Message(ControlMessage.State(TestState state))) {
            debug("State change: server received and changed State to " + state.description());
        } else if (event instanceof Event.Message(ControlMessage.Parameters(String json))) {
            debug("get_parameters: " + TOKEN.matcher(json).replaceAll("$1\"(hidden)\""));
        } else if (event instanceof Event.Message(ControlMessage.OversizedFrame(long bytes))) {
            announcer.announce(new TestEvent.Note(
                    TestEvent.Level.WARNING,
                    "JSON data length overflow - " + bytes + " bytes JSON size is not allowed"));
        }
    }

    void debug(String text) {
        announcer.announce(new TestEvent.Note(TestEvent.Level.DEBUG, text));
    }
}
