package dev.pitot.model.event;

/// Learns what happens in one test. The engine calls it on a thread of the listener's own, one
/// event after the other, so it may take its time: a slow or failing listener cannot disturb a
/// measurement. Events wait in a bounded queue; when that is full the newest intervals and notes
/// are dropped and counted, never a warning or any other event.
@FunctionalInterface
public interface TestListener {
    /// Something happened.
    void onEvent(TestEvent event);
}
