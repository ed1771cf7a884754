package dev.pitot.lab.probe;

import dev.pitot.model.time.NanoClock;
import java.time.InstantSource;

/// The clocks that watches read.
///
/// @param monotonic for lengths of time
/// @param wall for what is written in files
public record Clocks(NanoClock monotonic, InstantSource wall) {}
