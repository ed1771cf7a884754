package dev.pitot.cli.run;

import dev.pitot.cli.print.Terminal;
import dev.pitot.output.ProgramInfo;

/// What every command needs from its process.
///
/// @param program who reports
/// @param name what errors of Pitot's own commands begin with: `pitot`, or `iperf3` if it was called so
/// @param terminal where lines go
/// @param signals who may interrupt
/// @param daemon how a server gets there, or that it is there already
/// @param heapGuard to be given the log file
public record CommandContext(
        ProgramInfo program, String name, Terminal terminal, SignalSource signals, Daemon daemon, HeapGuard heapGuard) {
    /// Output and errors of one of Pitot's own commands.
    public CommandOutput output() {
        return new CommandOutput(terminal, name);
    }
}
