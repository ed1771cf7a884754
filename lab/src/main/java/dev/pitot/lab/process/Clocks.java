package dev.pitot.lab.process;

import dev.pitot.model.time.NanoClock;
import java.time.InstantSource;

/// The clocks that hooks and monitors read.
///
/// @param monotonic for lengths of time
/// @param wall for what is written in files
public record Clocks(NanoClock monotonic, InstantSource wall) {}
