package dev.pitot.lab.probe;

import java.util.List;

/// How a node is asked for one reading.
public sealed interface Probe {
    /// By a script of its POSIX shell.
    ///
    /// @param text of the script
    /// @param arguments `$1` and so on
    record ShellScript(String text, List<String> arguments) implements Probe {
        public ShellScript {
            arguments = List.copyOf(arguments);
        }
    }

    /// By a command, where there is no such shell.
    record Command(List<String> command) implements Probe {
        public Command {
            command = List.copyOf(command);
        }
    }
}
