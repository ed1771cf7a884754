package dev.pitot.lab.session;

/// Hears what happens in a session, one event at a time, on threads of the session's own. What it
/// throws is told in the session's log and changes nothing.
@FunctionalInterface
public interface SessionListener {
    void onEvent(SessionEvent event);
}
