package dev.pitot.engine.stream;

import java.io.IOException;

/// A file that a test reads or writes cannot be read or written. The message is the system's
/// reason alone.
public final class DiskFileException extends IOException {
    private static final long serialVersionUID = 1L;

    DiskFileException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
