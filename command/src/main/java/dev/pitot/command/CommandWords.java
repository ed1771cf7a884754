package dev.pitot.command;

import java.util.List;

/// What a shell may complete behind one of Pitot's own commands.
///
/// @param name the command's word
/// @param flags its options
/// @param commands its subcommands; empty if it has none
/// @param takesFiles whether it takes names of files besides options
public record CommandWords(String name, List<Flag> flags, List<CommandWords> commands, boolean takesFiles) {
    public CommandWords {
        flags = List.copyOf(flags);
        commands = List.copyOf(commands);
    }

    /// An option.
    ///
    /// @param names with their dashes, such as `-h` and `--help`
    /// @param text what it does, in one line
    /// @param value what stands behind it
    /// @param choices all values that it takes; empty if there are too many to list
    public record Flag(List<String> names, String text, Value value, List<String> choices) {
        public Flag {
            names = List.copyOf(names);
            choices = List.copyOf(choices);
        }
    }

    /// What stands behind an option.
    public enum Value {
        NONE,
        TEXT,
        /// The path of a file or folder.
        FILE
    }
}
