package dev.pitot.engine.interval;

import dev.pitot.engine.stream.CounterSnapshot;

/// Counters of a stream since its start, as the ends exchange them.
///
/// @param all everything
/// @param omitted the part of it that belongs to the warm-up
public record StreamSnapshots(CounterSnapshot all, CounterSnapshot omitted) {}
