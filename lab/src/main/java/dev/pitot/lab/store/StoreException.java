package dev.pitot.lab.store;

import dev.pitot.command.file.FileErrorText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/// Results that cannot be written or read. The message is a sentence for a person that says what
/// to do.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, IOException cause) {
        super(message, cause);
    }

    /// A file that cannot be made.
    static StoreException making(String name, IOException cause) {
        return new StoreException(
                name + " could not be made (" + reason(cause)
                        + "): nothing is kept in it. Check the place for results.",
                cause);
    }

    /// A file that takes no more.
    static StoreException writing(String name, IOException cause) {
        return new StoreException(
                name + " could not be written (" + reason(cause)
                        + "): what came after is not in it. Make room, then run the test again.",
                cause);
    }

    /// In the system's words.
    static String reason(IOException cause) {
        return cause instanceof FileAlreadyExistsException ? "File exists" : FileErrorText.of(cause);
    }
}
