package dev.pitot.cli.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// The words that started this process: the JVM, its options, the program and its arguments.
final class SelfCommandLine {
    private SelfCommandLine() {}

    /// The words that start such a process once more, with one more option for the JVM.
    ///
    /// @throws IOException if they cannot be found out
    static List<String> with(String option) throws IOException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> words = new ArrayList<>();
        words.add(self.command().orElseThrow(() -> new IOException("the program cannot be found")));
        words.add(option);
        words.addAll(arguments(self));
        return words;
    }

    /// What Java knows of the arguments may be cut, so the system's own list is preferred.
    private static List<String> arguments(ProcessHandle.Info self) throws IOException {
        try {
            List<String> words = ProcessText.words();
            return words.subList(1, words.size()); // from behind the JVM's path
        } catch (NoSuchFileException _) { // no Linux
            return List.of(self.arguments().orElseThrow(() -> new IOException("the command line cannot be read")));
        }
    }
}
