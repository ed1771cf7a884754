package dev.pitot.model.result;

/// The file that a stream read or wrote at this end (`-F`).
///
/// @param name as given
/// @param sizeBytes of the file: what there was to send, or what has been written
public record FileCopy(String name, long sizeBytes) {}
