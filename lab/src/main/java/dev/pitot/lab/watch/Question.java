package dev.pitot.lab.watch;

import java.util.List;

/// How a node is asked for one reading.
sealed interface Question {
    /// By a script of its POSIX shell.
    ///
    /// @param text of the script
    /// @param arguments `$1` and so on
    record Shell(String text, List<String> arguments) implements Question {
        public Shell {
            arguments = List.copyOf(arguments);
        }
    }

    /// By a command, where there is no such shell.
    record Words(List<String> words) implements Question {
        public Words {
            words = List.copyOf(words);
        }
    }
}
