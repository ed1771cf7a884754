package dev.pitot.lab.monitor;

import dev.pitot.lab.plan.Monitor;
/// Hears what watches tell. It is called on their threads, side by side, and should be quick.

public interface MonitorListener {
    /// A watch has read something.
    void onReading(Monitor monitor, Reading reading);

    /// A watch has lost its node, cannot write its file or does not understand what it reads; it
    /// goes on.
    ///
    /// @param sentence what is wrong
    void onError(Monitor monitor, String sentence);
}
