package dev.pitot.lab.monitor;

import dev.pitot.lab.plan.Monitor;

/// A listener to readings and errors of monitors. It is called on their threads, side by side, and
/// should be quick.
public interface MonitorListener {
    /// A monitor has read something.
    void onReading(Monitor monitor, Reading reading);

    /// A monitor has lost its node, cannot write its file or does not understand what it reads; it
    /// goes on.
    ///
    /// @param sentence what is wrong
    void onError(Monitor monitor, String sentence);
}
