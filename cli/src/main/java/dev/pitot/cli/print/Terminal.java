package dev.pitot.cli.print;

import java.io.OutputStream;
import java.time.Clock;

/// The process's standard streams, and the clock and time zone that time stamps are taken from.
///
/// @param out must report a broken pipe as an [java.io.IOException], which a
/// [java.io.PrintStream] does not
/// @param err likewise
public record Terminal(OutputStream out, OutputStream err, Clock clock) {}
