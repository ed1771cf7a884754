package dev.pitot.output;

/// Where finished lines go: standard output, standard error, a log file. Called by one reporter
/// on its own thread; the receiver adds titles, time stamps and line ends, and flushes.
@FunctionalInterface
public interface Lines {
    /// Takes one line, or several that belong together and get one title and time stamp.
    ///
    /// @param line without a line end at its end; may be empty
    void print(String line);
}
