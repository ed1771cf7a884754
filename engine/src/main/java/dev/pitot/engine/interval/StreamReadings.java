package dev.pitot.engine.interval;

import dev.pitot.engine.stream.Reading;

/// A stream's counters since it began, as the ends tell them to each other.
///
/// @param all everything
/// @param omitted what of it belongs to the warm-up
public record StreamReadings(Reading all, Reading omitted) {}
