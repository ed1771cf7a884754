package dev.pitot.lab.results;

import dev.pitot.command.file.FileErrorText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/// Results that cannot be written or read. The message is a sentence for a person that explains what
/// to do.
public final class ResultsException extends Exception {
    private static final long serialVersionUID = 1;

    public ResultsException(String message) {
        super(message);
    }

    public ResultsException(String message, IOException cause) {
        super(message, cause);
    }

    /// A file that cannot be made.
    static ResultsException making(String name, IOException cause) {
        return new ResultsException(
                name + " could not be made (" + reason(cause)
                        + "): nothing is kept in it. Check the place for results.",
                cause);
    }

    /// A file that takes no more.
    static ResultsException writing(String name, IOException cause) {
        return new ResultsException(
                name + " could not be written (" + reason(cause)
                        + "): what came after is not in it. Make room, then run the test again.",
                cause);
    }

    /// In the system's words.
    static String reason(IOException cause) {
        return cause instanceof FileAlreadyExistsException ? "File exists" : FileErrorText.of(cause);
    }
}
