package dev.pitot.lab.monitor;

import java.io.IOException;
import java.io.Writer;

/// Where watches write.
@FunctionalInterface
public interface MonitorFiles {
    /// Makes a file.
    ///
    /// @param name such as `logs/cpu_tate.csv`, of `[A-Za-z0-9._-]` in each part and never the
    /// same
    ///     twice
    /// @return what the watch writes to and closes; each line is flushed
    Writer open(String name) throws IOException;
}
