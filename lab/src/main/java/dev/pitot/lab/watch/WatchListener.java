package dev.pitot.lab.watch;

/// Hears what watches tell. It is called on their threads, side by side, and should be quick.
public interface WatchListener {
    /// A watch has read something.
    void onReading(Watch watch, Reading reading);

    /// A watch has lost its node, cannot write its file or does not understand what it reads; it
    /// goes on.
    ///
    /// @param sentence what is wrong
    void onTrouble(Watch watch, String sentence);
}
