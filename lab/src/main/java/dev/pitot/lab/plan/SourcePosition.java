package dev.pitot.lab.plan;

/// Where something stands in a file.
///
/// @param line 1 for the first
/// @param column 1 for the first
record SourcePosition(int line, int column) {
    /// The beginning of a file: for what concerns all of it.
    static final SourcePosition START = new SourcePosition(1, 1);
}
