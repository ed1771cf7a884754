package dev.pitot.lab.plan;

/// Where something stands in a file.
///
/// @param line 1 for the first
/// @param column 1 for the first
record Place(int line, int column) {
    /// The beginning of a file: for what concerns all of it.
    static final Place START = new Place(1, 1);
}
