package dev.pitot.engine.server;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.Event;
import dev.pitot.model.event.TestEvent;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.TestState;
import java.util.regex.Pattern;

/// Debug notes of a server's session (`-d`), in iperf's words.
final class ServerTrace {
    /// The token grants access to the server for some seconds, so it is secret.
    private static final Pattern TOKEN =
            Pattern.compile("(\"authtoken\"\\s*:\\s*)\"[^\"]*\"", Pattern.CASE_INSENSITIVE);

    private final EventDispatcher eventDispatcher;

    ServerTrace(EventDispatcher eventDispatcher) {
        this.eventDispatcher = eventDispatcher;
    }

    /// Notes an event.
    void received(Event event) {
        if (event instanceof Event.Message(ControlMessage.State(TestState state))) {
            debug("State change: server received and changed State to " + state.description());
        } else if (event instanceof Event.Message(ControlMessage.Parameters(String json))) {
            debug("get_parameters: " + TOKEN.matcher(json).replaceAll("$1\"(hidden)\""));
        } else if (event instanceof Event.Message(ControlMessage.OversizedFrame(long bytes))) {
            eventDispatcher.announce(new TestEvent.Note(
                    TestEvent.Level.WARNING,
                    "JSON data length overflow - " + bytes + " bytes JSON size is not allowed"));
        }
    }

    void debug(String text) {
        eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.DEBUG, text));
    }
}
