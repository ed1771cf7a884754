package dev.pitot.message.probe;

/// Hears of a measurement while it runs, by the thread that runs it, which waits for it.
@FunctionalInterface
public interface ProbeListener {
    /// Hears nothing.
    ProbeListener NONE = _ -> {};

    /// About a second has passed.
    void progress(ProbeProgress progress);
}
