package dev.pitot.message.probe;

/// Receives the progress of a measurement, on the thread that runs it, which waits for it.
@FunctionalInterface
public interface ProbeListener {
    /// Ignores it.
    ProbeListener NONE = _ -> {};

    /// About a second has passed.
    void progress(ProbeProgress progress);
}
