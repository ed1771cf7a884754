package dev.pitot.output;

/// Destination of finished lines: standard output, standard error, a log file. Called by one
/// reporter on its own thread; the implementation adds titles, time stamps and line ends, and
/// flushes.
@FunctionalInterface
public interface Lines {
    /// Prints one line, or several lines that share one title and time stamp.
    ///
    /// @param line without a line end at its end; may be empty
    void print(String line);
}
