package dev.pitot.cli.run;

import dev.pitot.cli.print.Terminal;
import dev.pitot.output.Program;

/// What every command needs from its process.
///
/// @param program who reports
/// @param terminal where lines go
/// @param signals who may interrupt
/// @param background how a server gets there, or that it is there already
/// @param heapGuard to be given the log file
public record Workplace(
        Program program, Terminal terminal, SignalSource signals, Background background, HeapGuard heapGuard) {}
