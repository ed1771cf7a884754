package dev.pitot.command.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be used, in the system's words (strerror), which Java keeps behind
/// exception types.
public final class FileErrorText {
    private FileErrorText() {}

    /// The system's reason, for example `No such file or directory`.
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
