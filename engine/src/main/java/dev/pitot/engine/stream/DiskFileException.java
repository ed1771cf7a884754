package dev.pitot.engine.stream;

import java.io.IOException;

/// Failure to read or write the file of a test. The message is the system's reason alone.
public final class DiskFileException extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFileException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
