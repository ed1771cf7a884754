package dev.pitot.command.file;

import java.io.IOException;

/// A file whose first line is a password (`--password-file`).
public final class PasswordFile {
    private static final int MAX_BYTES = 64 * 1024; // far more than any key can encrypt

    private PasswordFile() {}

    /// Returns the first line without its line end; empty if the file is empty.
    ///
    /// @throws IOException if the file cannot be read; [FileErrorText] has the reason
    public static String password(String path) throws IOException {
        return BoundedFile.text(path, MAX_BYTES).lines().findFirst().orElse("");
    }
}
