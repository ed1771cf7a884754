package dev.pitot.cli.run;

import dev.pitot.cli.print.Terminal;
import dev.pitot.output.ProgramInfo;

/// Dependencies of a command on its process.
///
/// @param program name and version for reports
/// @param name prefix of errors of Pitot's own commands: `pitot`, or `iperf3` if it was called so
/// @param terminal standard streams
/// @param signals source of termination signals
/// @param daemon puts a server in the background, or states that it is there already
/// @param heapGuard receives the log file
public record CommandContext(
        ProgramInfo program, String name, Terminal terminal, SignalSource signals, Daemon daemon, HeapGuard heapGuard) {
    /// Output and errors of one of Pitot's own commands.
    public CommandOutput output() {
        return new CommandOutput(terminal, name);
    }
}
