package dev.pitot.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Search path for programs.
///
/// @param folders value of the variable `PATH`; null if there is none
record SearchPath(@Nullable String folders) {
    static SearchPath ofThisProcess() {
        return new SearchPath(System.getenv("PATH"));
    }

    boolean has(String program) {
        return folders != null
                && Arrays.stream(folders.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
