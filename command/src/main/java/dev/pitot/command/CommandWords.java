package dev.pitot.command;

import java.util.List;

/// Words that a shell may complete after one of Pitot's own commands.
///
/// @param name of the command
/// @param flags its options
/// @param commands its subcommands; empty if it has none
/// @param takesFiles true if it takes file names besides options
public record CommandWords(String name, List<Flag> flags, List<CommandWords> commands, boolean takesFiles) {
    public CommandWords {
        flags = List.copyOf(flags);
        commands = List.copyOf(commands);
    }

    /// An option.
    ///
    /// @param names with their dashes, such as `-h` and `--help`
    /// @param text description in one line
    /// @param value kind of its value
    /// @param choices all its values; empty if there are too many to list
    public record Flag(List<String> names, String text, Value value, List<String> choices) {
        public Flag {
            names = List.copyOf(names);
            choices = List.copyOf(choices);
        }
    }

    /// Kind of an option's value.
    public enum Value {
        NONE,
        TEXT,
        /// The path of a file or folder.
        FILE
    }
}
