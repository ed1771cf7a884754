package dev.pitot.command.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Reason why a file could not be used, as strerror(3) words it; Java maps it to exception types.
public final class FileErrorText {
    private FileErrorText() {}

    /// Returns the system's error text, for example `No such file or directory`.
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
