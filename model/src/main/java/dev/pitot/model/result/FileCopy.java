package dev.pitot.model.result;

/// File that a stream read or wrote at this end (`-F`).
///
/// @param name as given
/// @param sizeBytes size of the file to send, or bytes written
public record FileCopy(String name, long sizeBytes) {}
