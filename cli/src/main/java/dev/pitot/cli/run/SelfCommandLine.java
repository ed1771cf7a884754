package dev.pitot.cli.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// The command line of this process: the JVM, its options, the program and its arguments.
final class SelfCommandLine {
    private SelfCommandLine() {}

    /// Returns the command line of such a process with one more JVM option.
    ///
    /// @throws IOException if the command line cannot be determined
    static List<String> with(String option) throws IOException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> words = new ArrayList<>();
        words.add(self.command().orElseThrow(() -> new IOException("the program cannot be found")));
        words.add(option);
        words.addAll(arguments(self));
        return words;
    }

    /// Java's list of the arguments may be truncated, so the system's own is preferred.
    private static List<String> arguments(ProcessHandle.Info self) throws IOException {
        try {
            List<String> words = ProcessText.words();
            return words.subList(1, words.size()); // after the JVM's path
        } catch (NoSuchFileException _) { // not Linux
            return List.of(self.arguments().orElseThrow(() -> new IOException("the command line cannot be read")));
        }
    }
}
