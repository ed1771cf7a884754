package dev.pitot.probe.rpm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// State of a measurement after an interval under load.
///
/// @param elapsed since the load of this direction began
/// @param connections that carry load
/// @param bitsPerSecond goodput of this interval
/// @param rpm of the probes of the last MAD intervals; null without them
public record RpmProgress(
        RpmDirection direction,
        Duration elapsed,
        int connections,
        double bitsPerSecond,
        @Nullable Double rpm) {}
