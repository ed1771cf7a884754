package dev.pitot.model.event;

/// Listener for the events of one test. Called on its own thread, one event after the other, and
/// may block: a slow or failing listener does not affect a measurement. Events wait in a bounded
/// queue; when it is full the newest intervals and notes are dropped and counted, never a warning
/// or any other event.
@FunctionalInterface
public interface TestListener {
    /// Something happened.
    void onEvent(TestEvent event);
}
