package dev.pitot.metrics.prometheus;

/// Metrics written down, as an answer to a scrape.
///
/// @param contentType for the header of that name
/// @param text to be sent in UTF-8
public record Page(String contentType, String text) {}
