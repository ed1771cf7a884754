package dev.pitot.checks.golden;

import dev.pitot.checks.program.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files that recorded command lines name.
///
/// @param folder that holds them
record Workspace(Path folder) {
    private static final int FILE_BYTES = 1_265_648; // Debian 12's bash, which the recordings sent

    /// Writes the files into an empty folder.
    static Workspace in(Path folder) throws IOException {
        TestUser.in(Files.createDirectory(folder.resolve("auth")));
        Files.write(folder.resolve("bash"), new byte[FILE_BYTES]);
        return new Workspace(folder);
    }

    /// Returns a program's output with relative file names, as in the recordings.
    String relative(String printed) {
        return printed.replace(folder + "/", "");
    }
}
