package dev.pitot.cli.print;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/// The process's standard streams, and the clock and time zone of timestamps.
///
/// @param in standard input
/// @param out must report a broken pipe as an [java.io.IOException], which a [java.io.PrintStream] does
///     not
/// @param err likewise
/// @param isWatched true if `in` and `out` are a terminal, where a line may be overwritten
public record Terminal(InputStream in, OutputStream out, OutputStream err, boolean isWatched, Clock clock) {}
