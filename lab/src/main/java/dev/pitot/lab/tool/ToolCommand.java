package dev.pitot.lab.tool;

import dev.pitot.lab.parse.AutoDetectReader;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.model.config.Protocol;
import java.util.List;
import java.util.function.Supplier;

/// One end of a test as a command: the tool that made the words also defines how what it writes is
/// read. Immutable.
///
/// @param words the program and its arguments
/// @param reader makes a new reader of its output
/// @param readiness what a server listens with at its port, by which it is seen to be ready
/// @param endsAfterOneTest whether a server ends by itself after one test; one that does not must
/// be ended
public record ToolCommand(
        List<String> words, Supplier<OutputReader> reader, Protocol readiness, boolean endsAfterOneTest) {
    public ToolCommand {
        words = List.copyOf(words);
    }

    /// A command of any of the programs, whose form of output is found out by its first lines.
    public static ToolCommand of(List<String> words) {
        return new ToolCommand(words, AutoDetectReader::new, Protocol.TCP, false);
    }
}
