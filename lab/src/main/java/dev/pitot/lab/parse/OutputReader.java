package dev.pitot.lab.parse;

import java.util.function.Consumer;

/// Reads what one run of one program writes, as it comes. Used by one thread at a time. It takes
/// any text: what it does not know it passes over.
public interface OutputReader {
    /// One line of standard output or standard error, without its end.
    void line(String text, Consumer<OutputEvent> events);

    /// No more lines come: what was held back (a JSON document) is told now.
    void end(Consumer<OutputEvent> events);
}
