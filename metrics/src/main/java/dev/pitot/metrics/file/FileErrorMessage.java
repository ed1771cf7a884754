package dev.pitot.metrics.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Error messages for files that cannot be written.
final class FileErrorMessage {
    private FileErrorMessage() {}

    static IOException cannotOpen(Path path, IOException cause) {
        return new IOException(
                "cannot open the metrics file " + path + ": " + reason(cause)
                        + "; give a path in an existing, writable directory",
                cause);
    }

    static IOException cannotWrite(Path path, IOException cause) {
        return new IOException(
                "cannot write the metrics file " + path + ": " + reason(cause)
                        + "; it is complete up to this point, nothing more is written",
                cause);
    }

    /// Returns the system's reason without the path that Java adds.
    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case AtomicMoveNotSupportedException _ -> "the file system cannot replace a file atomically";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case FileNotFoundException e -> parenthesised(String.valueOf(e.getMessage()));
            default -> cause.getMessage() == null ? "unknown reason" : cause.getMessage();
        };
    }

    // java.io: "/the/path (No such file or directory)"
    private static String parenthesised(String message) {
        int open = message.lastIndexOf('(');
        return open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
    }
}
