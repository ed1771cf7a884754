package dev.pitot.metrics.prometheus;

/// Metrics page: response to a scrape.
///
/// @param contentType value of the `Content-Type` header
/// @param text body, to be sent in UTF-8
public record Page(String contentType, String text) {}
