package dev.pitot.probe.rpm;

/// Receives the progress of a measurement, on the thread that runs it, which waits for it.
@FunctionalInterface
public interface RpmListener {
    /// Ignores it.
    RpmListener NONE = _ -> {};

    /// An interval has passed.
    void progress(RpmProgress progress);
}
