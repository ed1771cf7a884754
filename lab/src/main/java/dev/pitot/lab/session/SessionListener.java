package dev.pitot.lab.session;

/// A listener to the events of a session, one at a time, on threads of the session's own. What it
/// throws is written to the session's log and changes nothing.
@FunctionalInterface
public interface SessionListener {
    void onEvent(SessionEvent event);
}
